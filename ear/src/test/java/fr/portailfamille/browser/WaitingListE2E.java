package fr.portailfamille.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day that is full: what the planning says of it, what waiting for it looks like, and that the wait has an end. */
@Tag("browser")
@Tag("P8")
@ExtendWith(InBrowser.class)
@Timeout(120)
class WaitingListE2E {

    private final FamilyInBrowser first = new FamilyInBrowser();
    private final FamilyInBrowser second = first.neighbour();
    private final LocalDate tuesday = first.monday().plusDays(1);

    @Test
    void who_waits_reads_the_rank_and_is_booked_once_another_family_cancels(Page page) {
        first.town.write("update schedule set capacity = 1 where town_id = ? and id = ?", first.lunch);
        Page other = page.context()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(TestInstance.get().baseUrl())
                        .setLocale("fr-FR")
                        .setTimezoneId("Europe/Paris"))
                .newPage();
        Locator place = open(other, first);
        confirm(other, place);
        assertThat(place).containsText("Réservé");

        Locator cell = open(page, second);
        assertThat(cell).containsText("Non réservé");
        assertThat(cell).containsText("complet : liste d’attente");
        cell.click();
        assertThat(page.locator("#sheet-title")).containsText("S’inscrire sur la liste d’attente");
        assertThat(page.locator("#sheet-what")).containsText("Il ne reste plus de place.");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        page.click("#sheet-confirm");
        assertThat(cell).containsText("Liste d’attente, rang 1");
        assertThat(page.locator("#live")).containsText("Vous êtes sur la liste d’attente, rang 1");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();

        page.navigate(second.url("mon-espace/mes-demandes"));
        page.locator("a.plan-arrow").first().click();
        assertThat(page.locator("main")).containsText("Liste d’attente, rang 1");

        place.click();
        assertThat(other.locator("#sheet-title")).containsText("Signaler une absence");
        other.click("#sheet-confirm");
        assertThat(place).containsText("Absent");

        await(page, "Réservé");
        other.context().close();
    }

    @Test
    void who_waits_may_take_it_back(Page page) {
        first.town.taken(first.lunch, tuesday, 20, 20);
        Locator cell = open(page, first);
        confirm(page, cell);
        assertThat(cell).containsText("Liste d’attente, rang 1");

        cell.click();
        assertThat(page.locator("#sheet-title")).containsText("Retirer ma demande");
        assertThat(page.locator("#sheet-what")).containsText("sur la liste d’attente");
        page.click("#sheet-confirm");

        assertThat(cell).containsText("Non réservé");
        assertThat(cell).containsText("complet : liste d’attente");
    }

    /** The page does not change by itself: a family looks again. */
    private void await(Page page, String word) {
        Locator cell = page.locator(second.cell(second.lunch, tuesday));
        do {
            second.openWeek(page, tuesday);
        } while (!cell.textContent().contains(word));
        assertThat(cell).containsText(word);
    }

    private Locator open(Page page, FamilyInBrowser family) {
        family.signIn(page);
        family.openWeek(page, tuesday);
        return page.locator(family.cell(family.lunch, tuesday));
    }

    private static void confirm(Page page, Locator cell) {
        cell.click();
        page.click("#sheet-confirm");
    }
}
