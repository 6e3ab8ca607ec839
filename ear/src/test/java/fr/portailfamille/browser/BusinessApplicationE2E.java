package fr.portailfamille.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.portailfamille.exchange.Puller;
import fr.portailfamille.exchange.TestLot;
import fr.portailfamille.launcher.Instance;
import jakarta.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test is the business application: it fetches what a family asks for in its browser, decides, and sends decisions and
 * bookings, all over HTTP; the family sees each step.
 */
@Tag("browser")
@Tag("X4")
@Tag("X6")
@Tag("P4")
@Tag("P8")
@ExtendWith(InBrowser.class)
class BusinessApplicationE2E {

    /** What the server has to do may take a while on a busy machine. */
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private static final String AT = "2026-11-20T07:44:00+01:00";

    private final Instance instance = TestInstance.get();
    private final FamilyInBrowser family = new FamilyInBrowser();
    private final Puller enfance = new Puller(
            instance.baseUrl(),
            family.code,
            instance.api().newKey(family.code, "Enfance").json().getString("key"));
    private final LocalDate monday = family.monday();
    private final LocalDate tuesday = monday.plusDays(1);
    private final LocalDate thursday = monday.plusDays(3);

    @Test
    void what_a_family_asks_for_is_fetched_decided_and_seen(Page page) {
        family.signIn(page);
        ask(page, family.wednesday, monday, "Réservation en attente");
        ask(page, family.wednesday, tuesday, "Réservation en attente");
        ask(page, family.lunch, monday, "Réservé");

        Puller.Answer fetched = enfance.pull("");
        Puller.Lot lot = fetched.lot();
        assertThat(lot.column("booking_lines.csv", "outcome")).containsExactly("pending", "pending", "accepted");
        String first = lot.column("requests.csv", "request_ref").get(0);
        String second = lot.column("requests.csv", "request_ref").get(1);
        assertThat(enfance.acknowledge(fetched.nextCursor()).status()).isEqualTo(200);

        open(page, first);
        assertThat(page.locator(".list")).containsText("Transmise");
        assertThat(page.locator(".history")).containsText("Demande transmise à l’application métier");

        applied(TestLot.delta(family.code, "decisions", 1)
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,rank,reason_code,reason,decided_at",
                        first + ",1,accepted,,,," + AT,
                        second + ",1,refused,,,Groupe complet ce jour-là," + AT));

        family.openWeek(page, monday);
        assertThat(cell(page, family.wednesday, monday)).containsText("Réservé");
        assertThat(cell(page, family.wednesday, tuesday)).containsText("Réservation refusée");
        open(page, second);
        assertThat(page.locator(".list")).containsText("Groupe complet ce jour-là");
        assertThat(page.locator(".history")).containsText("Demande refusée");
    }

    @Test
    void a_withdrawal_follows_its_request_and_what_is_newer_is_not_erased(Page page) {
        family.signIn(page);
        ask(page, family.wednesday, monday, "Réservation en attente");
        Puller.Answer before = enfance.pull("");
        enfance.acknowledge(before.nextCursor());
        ask(page, family.lunch, tuesday, "Réservé");
        family.openWeek(page, monday);
        cell(page, family.wednesday, monday).click();
        page.click("#sheet-confirm");
        assertThat(cell(page, family.wednesday, monday)).containsText("Non réservé", PATIENTLY);

        String child = family.ref("individual", family.child);
        String lunch = family.ref("schedule", family.lunch);
        JsonObject state = applied(TestLot.full(family.code, "bookings", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        "%s,%s,%s,none".formatted(child, lunch, tuesday),
                        "%s,%s,%s,booked".formatted(child, family.ref("schedule", family.wednesday), monday),
                        "%s,%s,%s,booked".formatted(child, lunch, thursday))
                .manifest(manifest -> manifest.replace(
                        "\"files\"", "\"includesRequestsUpTo\": \"" + before.nextCursor() + "\", \"files\"")));
        assertThat(state.getJsonObject("rows").getInt("warnings")).isEqualTo(2);

        family.openWeek(page, monday);
        assertThat(cell(page, family.lunch, tuesday)).containsText("Réservé");
        assertThat(cell(page, family.wednesday, monday)).containsText("Non réservé");
        assertThat(cell(page, family.lunch, thursday)).containsText("Réservé");
        List<Map<String, String>> rows = enfance.pull("").lot().rows("requests.csv");
        assertThat(rows.stream().map(row -> row.get("operation"))).containsExactly("new", "withdraw");
        assertThat(rows.get(1).get("withdraws_ref"))
                .isEqualTo(before.lot().column("requests.csv", "request_ref").get(0));
    }

    private JsonObject applied(TestLot lot) {
        JsonObject state = enfance.apply(lot);
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state;
    }

    private void ask(Page page, long schedule, LocalDate day, String then) {
        family.openWeek(page, day);
        cell(page, schedule, day).click();
        page.click("#sheet-confirm");
        assertThat(cell(page, schedule, day)).containsText(then, PATIENTLY);
    }

    private Locator cell(Page page, long schedule, LocalDate day) {
        return page.locator(family.cell(schedule, day));
    }

    private void open(Page page, String ref) {
        page.navigate(family.url("mon-espace/mes-demandes/demande?ref=" + ref));
        assertThat(page.locator("h1")).containsText(ref);
    }
}
