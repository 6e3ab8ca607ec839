package fr.portailfamille.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The planning of the week, as families use it: mouse, keyboard, phone, and everything that goes wrong. */
@Tag("browser")
@Tag("P8")
@ExtendWith(InBrowser.class)
class PlanningE2E {

    private final FamilyInBrowser family = new FamilyInBrowser();
    private final LocalDate monday = family.monday();
    private final LocalDate tuesday = monday.plusDays(1);

    @Test
    void a_click_and_a_confirmation_book_the_day_in_place(Page page) {
        Locator cell = open(page, tuesday);
        assertThat(cell).containsText("Non réservé");
        assertThat(cell).containsText("12:00 – 13:30");
        assertThat(cell).containsText("jusqu’");
        assertThat(cell).containsText("20 places");

        cell.click();
        assertThat(page.locator("#sheet-where")).containsText("Restauration scolaire");
        page.click("#sheet-confirm");

        assertThat(cell).containsText("Réservé");
        assertThat(page.locator("#live")).containsText("C’est réservé");
        assertThat(cell).isFocused();
        page.reload();
        assertThat(cell).containsText("Réservé");
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void an_absence_bears_its_reason_and_can_be_taken_back(Page page) {
        Locator cell = open(page, tuesday);
        book(page, cell);

        cell.click();
        page.selectOption("#sheet-reason", "MAL");
        page.click("#sheet-confirm");
        assertThat(cell).containsText("Absent");
        page.click("#undo");
        assertThat(page.locator("#sheet-title")).containsText("Réserver");
        page.click("#sheet-confirm");

        assertThat(cell).containsText("Réservé");
        assertThat(family.town.texts("select absence_code from request_line where town_id = ? and action = 'CANCEL'"))
                .containsExactly("MAL");
    }

    @Test
    void what_the_town_decides_waits_and_can_be_withdrawn(Page page) {
        open(page, tuesday);
        Locator cell = page.locator(family.cell(family.wednesday, tuesday));
        cell.click();
        assertThat(page.locator("#sheet-what")).containsText("La place vous est gardée");
        page.click("#sheet-confirm");
        assertThat(cell).containsText("Réservation en attente");

        cell.click();
        assertThat(page.locator("#sheet-title")).containsText("Retirer ma demande");
        page.click("#sheet-confirm");

        assertThat(cell).containsText("Non réservé");
    }

    @Test
    void what_is_too_late_cannot_be_asked_and_says_why(Page page) {
        LocalDate past = monday.minusWeeks(4);
        Locator cell = open(page, past);

        assertThat(cell).containsText("hors délai");
        cell.click();

        assertThat(page.locator("#sheet-what")).containsText("Hors délai");
        assertThat(page.locator("#sheet-confirm")).isHidden();
    }

    @Test
    void a_full_day_says_so_before_the_click(Page page) {
        family.town.taken(family.lunch, tuesday, 20, 20);

        assertThat(open(page, tuesday)).containsText("complet");
    }

    @Test
    void what_became_full_since_the_page_was_shown_is_refused_with_its_reason(Page page) {
        open(page, tuesday);
        Locator cell = page.locator(family.cell(family.wednesday, tuesday));
        family.town.taken(family.wednesday, tuesday, 20, 20);

        cell.click();
        page.click("#sheet-confirm");

        assertThat(page.locator("#sheet-error")).containsText("Complet");
        page.click("#sheet-close");
        assertThat(cell).containsText("Réservation refusée");
        assertThat(family.town.texts("select reason_code from request_line where town_id = ?"))
                .containsExactly("FULL");
    }

    @Test
    void a_double_click_is_one_request(Page page) {
        Locator cell = open(page, tuesday);
        cell.click();

        page.dblclick("#sheet-confirm");

        assertThat(cell).containsText("Réservé");
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void two_tabs_do_not_book_twice(Page page) {
        Locator first = open(page, tuesday);
        Page other = page.context().newPage();
        family.openWeek(other, tuesday);
        Locator second = other.locator(family.cell(family.lunch, tuesday));
        book(page, first);

        second.click();
        other.click("#sheet-confirm");

        assertThat(other.locator("#sheet-error")).containsText("déjà réservé");
        other.click("#sheet-close");
        assertThat(second).containsText("Réservé");
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void the_back_button_shows_what_is_so(Page page) {
        Locator cell = open(page, tuesday);
        book(page, cell);
        page.click(".plan-move a:nth-of-type(2)");
        assertThat(page.locator(".plan-range")).not().containsText("Semaine 0");

        page.goBack();

        assertThat(cell).containsText("Réservé");
    }

    @Test
    void a_session_that_is_over_leads_to_sign_in_and_books_nothing(Page page) {
        Locator cell = open(page, tuesday);
        page.context().clearCookies();

        cell.click();
        page.click("#sheet-confirm");

        page.waitForURL("**/connexion*");
        assertThat(requests()).isZero();
    }

    @Test
    void several_days_are_one_request(Page page) {
        open(page, tuesday);
        page.click("#choose");
        page.locator(family.cell(family.lunch, monday)).click();
        page.locator(family.cell(family.lunch, tuesday)).click();
        assertThat(page.locator("#chosen")).containsText("2 jours choisis");
        page.click("#chosen-go");
        page.click("#sheet-confirm");

        assertThat(page.locator(family.cell(family.lunch, monday))).containsText("Réservé");
        assertThat(page.locator(family.cell(family.lunch, tuesday))).containsText("Réservé");
        assertThat(requests()).isEqualTo(1);
        assertThat(family.town.number("select line_count from request where town_id = ?"))
                .isEqualTo(2);
    }

    @Test
    void the_keyboard_does_all_of_it(Page page) {
        Locator cell = open(page, tuesday);
        page.locator(family.cell(family.lunch, monday)).focus();
        page.keyboard().press("ArrowRight");
        assertThat(cell).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#sheet")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#sheet")).isHidden();
        assertThat(cell).isFocused();

        page.keyboard().press("Enter");
        page.keyboard().press("Enter");

        assertThat(cell).containsText("Réservé");
        assertThat(cell).isFocused();
    }

    @Test
    void chips_hide_activities_and_remember(Page page) {
        Locator cell = open(page, tuesday);
        Locator chip = page.locator(".plan-chip[data-activity='%d']".formatted(family.canteen));
        chip.click();
        assertThat(cell).isHidden();

        page.reload();

        assertThat(cell).isHidden();
        chip.click();
        assertThat(cell).isVisible();
    }

    @Test
    void a_phone_shows_one_day_at_a_time_without_scrolling_sideways(Page page) {
        page.setViewportSize(320, 640);
        Locator cell = open(page, tuesday);
        assertThat(cell).isVisible();
        assertThat(page.locator(family.cell(family.lunch, monday))).isHidden();

        page.locator(".plan-strip a[data-day='%s']".formatted(monday)).click();

        assertThat(page.locator(family.cell(family.lunch, monday))).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
        book(page, page.locator(family.cell(family.lunch, monday)));
    }

    @Test
    void has_no_accessibility_violation_with_and_without_the_sheet(Page page) {
        Locator cell = open(page, tuesday);
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        book(page, cell);
        cell.click();
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        page.click("#sheet-close");
        page.setViewportSize(390, 844);
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    @Test
    void nothing_is_refused_by_the_content_security_policy(Page page) {
        List<String> errors = new CopyOnWriteArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        book(page, open(page, tuesday));

        assertThat(errors).isEmpty();
    }

    @Test
    void a_forged_cell_of_another_family_is_refused(Page page) {
        FamilyInBrowser stranger = new FamilyInBrowser();
        open(page, tuesday).click();
        page.evaluate("id => document.querySelector('.plan-cell').dataset.cell = id", "unused");
        page.click("#sheet-close");
        page.evaluate(
                "id => document.querySelector(id[0]).dataset.cell = id[1]",
                List.of(family.cell(family.lunch, tuesday), stranger.child + "_" + stranger.lunch + "_" + tuesday));

        page.locator(family.cell(family.lunch, tuesday)).click();
        page.click("#sheet-confirm");

        assertThat(page.locator("#sheet-error")).containsText("pas inscrit");
        assertThat(stranger.town.number("select count(*) from booking where town_id = ?"))
                .isZero();
    }

    private Locator open(Page page, LocalDate day) {
        family.signIn(page);
        family.openWeek(page, day);
        return page.locator(family.cell(family.lunch, day));
    }

    private static void book(Page page, Locator cell) {
        cell.click();
        page.click("#sheet-confirm");
        assertThat(cell).containsText("Réservé");
    }

    private int requests() {
        return family.town.number("select count(*) from request where town_id = ?");
    }
}
