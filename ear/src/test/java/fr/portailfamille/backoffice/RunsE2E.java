package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.exchange.TestLot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « État des traitements »: its filters, « Relancer », and clicks on a page that things have moved on from. */
@Tag("browser")
@Tag("B7")
@Tag("X7")
@ExtendWith(InBrowser.class)
class RunsE2E {

    /** A lot is applied within seconds; a busy machine takes longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE.toMillis());

    private static final Pattern DONE = Pattern.compile("Terminé$");
    private static final String TOO_LATE = "Ce lot n’est plus dans cet état";

    // ---- filters ----------------------------------------------------------------------------------------------------

    @Test
    void runs_are_filtered_by_universe_type_result_and_day(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        town.update(
                "insert into app.processing_run (town_id, id, universe, type, started_at, ended_at, progress, result) values"
                        // Half past midnight, and a minute to midnight, of the fifth in the town.
                        + " (?, 3, 'Petite enfance', 'IMPORT_BILLING', '2026-11-04T23:30:00Z', '2026-11-04T23:31:00Z', 100, 'FAILED'),"
                        + " (?, 4, 'Enfance', 'IMPORT_BOOKINGS', '2026-11-05T22:59:00Z', '2026-11-05T22:59:30Z', 100, 'REFUSED'),"
                        + " (?, 5, 'Petite enfance', 'DIGEST', '2026-11-05T23:00:00Z', '2026-11-05T23:00:09Z', 100, 'DONE')",
                town.id(),
                town.id(),
                town.id());
        AgentPages agents = opened(town, page);
        assertThat(agents.count()).hasText("5 résultats");

        page.locator("#universe").selectOption("Petite enfance");
        finds(agents, "Accusés de traitement", "Import facturation en masse");
        page.locator("#result").selectOption("En échec");
        finds(agents, "Import facturation en masse");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("5 résultats");
        assertThat(page.locator("#universe")).hasValue("");

        page.locator("#type").selectOption("Import réservations en masse");
        finds(agents, "Import réservations en masse", "Import réservations en masse");
        assertThat(agents.cell(0, 6)).containsText("Refusé");
        page.locator("#result").selectOption("Terminé");
        finds(agents, "Import réservations en masse");
        assertThat(agents.cell(0, 0)).containsText("03/11/2026");
        page.locator("#universe").selectOption("Petite enfance");
        agents.search();
        assertThat(agents.rows()).hasCount(0);
        assertThat(page.locator(".bo-grid")).containsText("Aucun");
        agents.hasNoAccessibilityViolation();
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("5 résultats");

        page.locator("#from").fill("05/11/2026");
        page.locator("#to").fill("05/11/2026");
        finds(agents, "Import réservations en masse", "Import facturation en masse");
        page.locator("#to").fill("");
        finds(agents, "Accusés de traitement", "Import réservations en masse", "Import facturation en masse");
        page.locator("#from").fill("");
        page.locator("#to").fill("03/11/2026");
        finds(agents, "Import réservations en masse", "Import individus en masse");
        page.locator("#to").fill("32/11/2026");
        agents.search();
        assertThat(page.locator("#to-error")).containsText("date attendue");
    }

    private static AgentPages opened(BackofficeTown town, Page page) {
        AgentPages agents = new AgentPages(page, town);
        agents.open("traitements");
        return agents;
    }

    /** These types, the latest run first. */
    private static void finds(AgentPages agents, String... types) {
        agents.search();
        assertThat(agents.rows()).hasCount(types.length);
        for (int i = 0; i < types.length; i++) {
            assertThat(agents.cell(i, 4)).containsText(types[i]);
        }
    }

    // ---- restart ----------------------------------------------------------------------------------------------------

    private static TestLot person(BackofficeTown town, long sequence) {
        return TestLot.delta(town.code(), "individuals", sequence)
                .file("individuals.csv", "individual_ref,last_name,first_name", "N" + sequence + ",NOUVELLE,Ève");
    }

    /** A lot that failed as its flow's first, as one does after three attempts that a full disk ended. */
    private static void fail(BackofficeTown town, Page page) throws Exception {
        // It waits behind one that is missing while its end is written.
        town.send(page, person(town, 101));
        awaitState(town, 101, "WAITING");
        town.update(
                "with r as (insert into app.processing_run (town_id, id, universe, type, lot_id, started_at, ended_at, result)"
                        + " select town_id, nextval('app.processing_run_seq'), universe, 'IMPORT_INDIVIDUALS', id, received_at, received_at, 'FAILED'"
                        + " from app.lot where town_id = ? returning id)"
                        + " update app.lot l set state = 'FAILED', waiting_for = null, run_id = r.id, sequence = 1 from r"
                        + " where l.town_id = ?",
                town.id(),
                town.id());
    }

    @Test
    void a_failed_lot_is_restarted_by_a_click_and_once_by_two(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        fail(town, page);
        AgentPages agents = new AgentPages(page, town);
        agents.open("accueil");
        assertThat(page.locator(".bo-warning")).containsText("Un lot de l’application métier a échoué");
        agents.hasNoAccessibilityViolation();
        page.locator(".bo-warning a").click();
        assertThat(agents.cell(0, 6)).containsText("En échec");
        agents.see(0);
        agents.hasNoAccessibilityViolation();

        agents.button("Relancer").dblclick();

        assertThat(page.locator(".pf-messages")).containsText("Le traitement est relancé");
        assertThat(agents.cell(0, 6)).hasText(DONE, PATIENTLY);
        assertThat(agents.cell(1, 6)).containsText("En échec");
        Assertions.assertThat(results(town)).isEqualTo("FAILED, DONE");
        Assertions.assertThat(decisions(town)).isEqualTo("RESTARTED");
        agents.see(1);
        assertThat(agents.panel()).containsText("Relancé par " + town.admin());
        assertThat(agents.button("Relancer")).hasCount(0);
        agents.hasNoAccessibilityViolation();
    }

    @Test
    void on_a_page_from_before_a_restart_says_that_it_is_too_late(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        fail(town, page);
        AgentPages agents = opened(town, page);
        agents.see(0);
        AgentPages elsewhere = beside(page, town);
        elsewhere.see(0);
        elsewhere.button("Relancer").click();
        awaitState(town, 1, "APPLIED");

        agents.button("Relancer").click();

        assertThat(page.locator(".pf-summary")).containsText(TOO_LATE);
        assertThat(agents.panel()).containsText("Relancé par " + town.admin());
        assertThat(agents.button("Relancer")).hasCount(0);
        assertThat(agents.cell(0, 6)).hasText(DONE);
        agents.hasNoAccessibilityViolation();
        Assertions.assertThat(results(town)).isEqualTo("FAILED, DONE");
        Assertions.assertThat(decisions(town)).isEqualTo("RESTARTED");
    }

    @Test
    void a_failed_lot_whose_number_a_corrected_one_took_says_so(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        fail(town, page);
        AgentPages agents = opened(town, page);
        agents.see(0);
        Assertions.assertThat(town.send(page, person(town, 1))).isEqualTo(202);
        awaitState(town, 1, "APPLIED");

        agents.button("Relancer").click();

        assertThat(page.locator(".pf-summary")).containsText("Un autre lot a pris le numéro de celui-ci");
        Assertions.assertThat(decisions(town)).isNull();
    }

    // ---- pages that things have moved on from -----------------------------------------------------------------------

    private static AgentPages beside(Page page, BackofficeTown town) {
        Page other = page.context().newPage();
        other.navigate(town.url("traitements"));
        return new AgentPages(other, town);
    }

    /** Held, because it leaves everybody out. */
    private static void hold(BackofficeTown town, Page page) throws Exception {
        town.send(
                page,
                TestLot.full(town.code(), "individuals", 1)
                        .file("individuals.csv", "individual_ref,last_name,first_name", "N1,NOUVELLE,Ève"));
        awaitState(town, 1, "GUARD");
    }

    private static AgentPages askedToConfirm(BackofficeTown town, Page page) throws Exception {
        hold(town, page);
        AgentPages agents = opened(town, page);
        page.locator(".bo-open").getByText("Examiner").click();
        agents.button("Confirmer").click();
        return agents;
    }

    @Test
    void who_confirms_what_was_cancelled_meanwhile_is_told_and_nothing_is_applied(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = askedToConfirm(town, page);
        AgentPages elsewhere = beside(page, town);
        elsewhere.see(0);
        elsewhere.button("Annuler le lot").click();
        assertThat(elsewhere.panel()).containsText("ni maintenant ni plus tard");
        elsewhere.button("Annuler le lot").dblclick();
        awaitState(town, 1, "CANCELLED");

        agents.button("Appliquer le lot").click();

        assertThat(page.locator(".pf-summary")).containsText(TOO_LATE);
        assertThat(agents.panel()).containsText("Annulé par " + town.admin());
        assertThat(agents.button("Confirmer")).hasCount(0);
        assertThat(page.locator(".bo-open")).hasCount(0);
        agents.hasNoAccessibilityViolation();
        Assertions.assertThat(decisions(town)).isEqualTo("CANCELLED");
        Assertions.assertThat(results(town)).isEqualTo("CANCELLED");
    }

    @Test
    void who_confirms_what_was_confirmed_meanwhile_is_told_and_it_is_applied_once(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = askedToConfirm(town, page);
        AgentPages elsewhere = beside(page, town);
        elsewhere.see(0);
        elsewhere.button("Confirmer").click();
        elsewhere.button("Appliquer le lot").click();
        awaitState(town, 1, "APPLIED");

        agents.button("Appliquer le lot").click();

        assertThat(page.locator(".pf-summary")).containsText(TOO_LATE);
        assertThat(agents.panel()).containsText("Confirmé par " + town.admin());
        Assertions.assertThat(decisions(town)).isEqualTo("CONFIRMED");
        Assertions.assertThat(results(town)).isEqualTo("CONFIRMED, DONE");
    }

    @Test
    void who_cancels_what_no_longer_waits_is_told_and_it_stays_applied(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        town.send(page, person(town, 2));
        awaitState(town, 2, "WAITING");
        AgentPages agents = opened(town, page);
        page.locator(".bo-open").getByText("Annuler").click();
        town.send(page, person(town, 1));
        awaitState(town, 2, "APPLIED");

        agents.button("Annuler le lot").click();

        assertThat(page.locator(".pf-summary")).containsText(TOO_LATE);
        assertThat(page.locator(".bo-open")).hasCount(0);
        assertThat(agents.cell(0, 6)).hasText(DONE);
        agents.hasNoAccessibilityViolation();
        Assertions.assertThat(decisions(town)).isNull();
        Assertions.assertThat(results(town)).isEqualTo("DONE, DONE");
    }

    // ---- the database -----------------------------------------------------------------------------------------------

    private static void awaitState(BackofficeTown town, long sequence, String state) throws SQLException {
        String query = "select state from app.lot where town_id = ? and sequence = ? order by id desc limit 1";
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.equals(town.value(query, town.id(), sequence)) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        Assertions.assertThat(town.value(query, town.id(), sequence)).isEqualTo(state);
    }

    /** How the runs of the town's lots ended, in their order. */
    private static Object results(BackofficeTown town) throws SQLException {
        return town.value(
                "select string_agg(result, ', ' order by id) from app.processing_run where town_id = ? and lot_id is not null",
                town.id());
    }

    /** What agents have decided; null = nothing. */
    private static Object decisions(BackofficeTown town) throws SQLException {
        return town.value(
                "select string_agg(kind, ', ' order by id) from app.lot_decision where town_id = ?", town.id());
    }
}
