package fr.portailfamille.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was asked for is found again: in the list of lines, in « Mes demandes », with its history. */
@Tag("browser")
@Tag("P4")
@Tag("P10")
@ExtendWith(InBrowser.class)
class RequestListsE2E {

    private final FamilyInBrowser family = new FamilyInBrowser();
    private final LocalDate monday = family.monday();

    @Test
    void a_booking_stands_in_the_list_of_lines_and_leads_to_its_request(Page page) {
        book(page, family.lunch, monday);
        page.click(".plan-tabs a");

        Locator row = page.locator(".list tbody tr");
        assertThat(row).hasCount(1);
        assertThat(row).containsText("Timéo");
        assertThat(row).containsText("Restauration scolaire");
        assertThat(row).containsText(DateTimeFormatter.ofPattern("dd/MM/yyyy").format(monday));
        assertThat(row).containsText("Acceptée");
        row.locator("a").click();
        assertThat(page.locator("h1")).containsText(Pattern.compile("Demande n° \\d{4}-[0-9A-Z]{10}"));
        assertThat(page.locator(".history")).containsText("Demande déposée");
        assertThat(page.locator(".history")).containsText("Demande acceptée");
    }

    @Test
    void a_request_that_waits_says_how_far_it_is_and_filters_find_it(Page page) {
        book(page, family.wednesday, monday);
        page.navigate(family.url("mon-espace/mes-demandes"));
        assertThat(page.locator("h1")).containsText("Mes demandes (1 résultat)");
        assertThat(page.locator(".list")).containsText("En cours (0 sur 1 traitée)");

        page.selectOption("#etat", "ACCEPTED");
        page.click(".list-filter [type=submit]");
        assertThat(page.locator("main")).containsText("Aucune demande ne correspond");
        page.selectOption("#etat", "IN_PROGRESS");
        page.click(".list-filter [type=submit]");
        assertThat(page.locator(".list tbody tr")).hasCount(1);
    }

    @Test
    void another_family_s_request_is_not_there(Page page) {
        book(page, family.lunch, monday);
        String ref =
                family.town.texts("select ref from request where town_id = ?").get(0);
        long otherFamily = family.town.family();
        family.town.parent(otherFamily);
        family.town.write("update subscription set ended_at = '2026-02-01' where town_id = ?");
        family.town.write(
                "update request set account_id = (select max(id) from citizen_account a where a.town_id = request.town_id)"
                        + " where town_id = ?");

        page.navigate(family.url("mon-espace/mes-demandes/demande?ref=" + ref));

        assertThat(page.locator("main")).containsText("Cette demande n’existe pas ou n’est pas la vôtre");
        assertThat(page.locator("main")).not().containsText("Restauration scolaire");
    }

    @Test
    void lists_have_no_accessibility_violation_and_fit_a_small_phone(Page page) {
        book(page, family.lunch, monday);
        for (String path : new String[] {"espace-famille/activites/liste", "mon-espace/mes-demandes"}) {
            page.setViewportSize(1280, 900);
            page.navigate(family.url(path));
            assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
            page.setViewportSize(320, 640);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isEqualTo(true);
        }
        page.locator(".list-go a").click();
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    private void book(Page page, long schedule, LocalDate day) {
        family.signIn(page);
        family.openWeek(page, day);
        Locator cell = page.locator(family.cell(schedule, day));
        cell.click();
        page.click("#sheet-confirm");
        assertThat(cell).containsText(schedule == family.lunch ? "Réservé" : "Réservation en attente");
    }
}
