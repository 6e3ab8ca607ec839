package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.exchange.TestLot;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents decide on lots, in « État des traitements ». */
@Tag("browser")
@Tag("B7")
@Tag("X7")
@ExtendWith(InBrowser.class)
class LotDecisionsE2E {

    /** A lot is applied within seconds; a busy machine takes longer. */
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private static TestLot onePerson(BackofficeTown town, long sequence) {
        return TestLot.full(town.code(), "individuals", sequence)
                .file("individuals.csv", "individual_ref,last_name,first_name", "N1,NOUVELLE,Ève");
    }

    @Test
    void a_held_lot_says_what_it_entails_and_is_applied_once_confirmed(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        Assertions.assertThat(town.send(page, onePerson(town, 1))).isEqualTo(202);
        awaitState(town, "GUARD");
        agents.signIn(town.admin(), BackofficeTown.PASSWORD);
        assertThat(page.locator(".bo-warning")).containsText("Un lot de l’application métier est retenu");
        agents.hasNoAccessibilityViolation();
        page.navigate(town.url("traitements"));

        Locator open = page.locator(".bo-open");
        assertThat(open).containsText("Lots à suivre (1)");
        assertThat(open).containsText("Retenu");
        agents.hasNoAccessibilityViolation();
        open.getByText("Examiner").click();
        assertThat(page.locator("#panelTitle")).isFocused();
        assertThat(agents.panel()).containsText("90 sur 90");
        assertThat(agents.panel()).containsText("Clé d’échange « Enfance »");
        agents.hasNoAccessibilityViolation();
        agents.button("Confirmer").click();
        assertThat(page.locator("#askTitle")).isFocused();
        assertThat(agents.panel()).containsText("90 individus seront archivés");
        assertThat(agents.panel()).containsText("1 création");
        agents.hasNoAccessibilityViolation();
        agents.button("Garder le lot").click();
        Assertions.assertThat(state(town)).isEqualTo("GUARD");
        agents.button("Confirmer").click();
        agents.button("Appliquer le lot").dblclick();

        assertThat(page.locator(".pf-messages")).containsText("est confirmé");
        assertThat(agents.cell(0, 6)).containsText("Terminé", PATIENTLY);
        assertThat(agents.cell(1, 6)).containsText("Confirmé");
        assertThat(open).hasCount(0);
        assertThat(page.locator("#live")).containsText("Terminé");
        Assertions.assertThat(town.value(
                        "select count(*) from app.individual where town_id = ? and archived_at is not null", town.id()))
                .isEqualTo(90L);
        agents.see(1);
        assertThat(agents.panel()).containsText("Confirmé par " + town.admin());
        agents.hasNoAccessibilityViolation();
    }

    @Test
    void a_lot_that_waits_says_for_what_and_may_be_cancelled(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        town.send(
                page,
                TestLot.delta(town.code(), "individuals", 5)
                        .file("individuals.csv", "individual_ref,last_name,first_name", "N1,NOUVELLE,Ève"));
        awaitState(town, "WAITING");
        town.update("update lot set received_at = received_at - interval '26 hours' where town_id = ?", town.id());
        agents.open("traitements");

        Locator open = page.locator(".bo-open");
        assertThat(open).containsText("Attend Import individus en masse n° 1");
        assertThat(open).containsText("Un lot attend depuis plus de 24 heures");
        assertThat(page.locator("#watch")).not().containsText("se met à jour");
        agents.hasNoAccessibilityViolation();
        open.getByText("Annuler").click();
        assertThat(agents.panel()).containsText("ni maintenant ni plus tard");
        agents.hasNoAccessibilityViolation();
        page.keyboard().press("Escape");
        assertThat(agents.panel()).hasCount(0);
        Assertions.assertThat(state(town)).isEqualTo("WAITING");
        open.getByText("Annuler").click();
        agents.button("Annuler le lot").dblclick();

        assertThat(page.locator(".pf-messages")).containsText("Le lot est annulé");
        assertThat(open).hasCount(0);
        assertThat(agents.cell(0, 6)).containsText("Annulé");
        Assertions.assertThat(state(town)).isEqualTo("CANCELLED");
        agents.see(0);
        assertThat(agents.panel()).containsText("Annulé par " + town.admin());
        assertThat(agents.panel()).containsText("ce lot n’a pas été appliqué");
    }

    @Test
    void the_second_of_two_agents_is_told_who_was_quicker(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        town.send(page, onePerson(town, 1));
        awaitState(town, "GUARD");
        agents.open("traitements");
        page.locator(".bo-open").getByText("Examiner").click();
        agents.button("Annuler le lot").click();
        Page other = page.context().newPage();
        AgentPages elsewhere = new AgentPages(other, town);
        other.navigate(town.url("traitements"));
        other.locator(".bo-open").getByText("Examiner").click();
        elsewhere.button("Confirmer").click();
        elsewhere.button("Appliquer le lot").click();
        assertThat(other.locator(".pf-messages")).containsText("est confirmé");

        agents.button("Annuler le lot").click();

        assertThat(page.locator(".pf-summary")).containsText("quelqu’un d’autre vient d’en décider");
        assertThat(agents.panel()).containsText("Confirmé par " + town.admin());
        agents.hasNoAccessibilityViolation();
    }

    private static void awaitState(BackofficeTown town, String state) throws Exception {
        for (int tries = 0; tries < 1_200 && !state.equals(state(town)); tries++) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
        Assertions.assertThat(state(town)).isEqualTo(state);
    }

    private static Object state(BackofficeTown town) throws Exception {
        return town.value("select state from app.lot where town_id = ?", town.id());
    }
}
