package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.browser.Screens;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Journées au-delà des places ». */
@Tag("browser")
@Tag("B5")
@ExtendWith(InBrowser.class)
class ExceededDaysE2E {

    @Test
    void the_home_page_leads_to_the_days_with_more_bookings_than_places_which_are_sorted_and_narrowed(Page page)
            throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        exceed(town);
        AgentPages agents = new AgentPages(page, town);
        agents.open("accueil");
        assertThat(page.locator(".bo-warning"))
                .containsText("31 jours à venir comptent plus de réservations que de places");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "exceeded-days-home");
        page.locator(".bo-warning a").click();

        assertThat(page.locator("h1")).hasText("Journées au-delà des places");
        assertThat(agents.count()).hasText("32 résultats");
        assertThat(agents.rows()).hasCount(25);
        assertThat(agents.cell(0, 0)).hasText(Pattern.compile("lun\\. 14/01/2030"));
        assertThat(agents.cell(0, 1)).containsText("École des Tilleuls");
        assertThat(agents.cell(0, 2)).containsText("2/Repas Écoles");
        assertThat(agents.cell(0, 2)).containsText("12:00–13:30");
        assertThat(agents.cell(0, 3)).containsText("40");
        assertThat(agents.cell(0, 4)).containsText("41");
        assertThat(agents.cell(0, 5)).containsText("+ 1");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "exceeded-days");
        page.setViewportSize(320, 640);
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
        page.setViewportSize(1280, 900);

        agents.sortDescending("Dépassement");
        assertThat(agents.cell(0, 2)).containsText("Salle du mercredi");
        assertThat(agents.cell(0, 2)).containsText("Places partagées : 2/Repas Écoles");
        assertThat(agents.cell(0, 5)).containsText("+ 100");
        agents.sortDescending("Jour");
        assertThat(agents.cell(0, 0)).containsText("13/02/2030");

        page.locator("#to").fill("15/01/2030");
        agents.search();
        assertThat(agents.count()).hasText("2 résultats");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("32 résultats");
        page.locator("#activity").fill("mercredi");
        agents.search();
        assertThat(agents.count()).hasText("1 résultat");
        page.locator("#facility").fill("introuvable");
        agents.search();
        assertThat(agents.count()).hasText("Aucun résultat");
        assertThat(page.locator(".bo-grid")).containsText("Élargissez la recherche");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("32 résultats");
        page.locator("#from").fill("01/11/2026");
        agents.search();
        assertThat(agents.count()).hasText("33 résultats");
        page.locator("#to").fill("02/11/2026");
        agents.search();
        assertThat(agents.count()).hasText("1 résultat");
        assertThat(agents.cell(0, 0)).containsText("lun. 02/11/2026");
        agents.hasNoAccessibilityViolation();
    }

    @Test
    void a_town_with_enough_places_says_so_and_the_home_page_says_nothing(Page page) throws Exception {
        AgentPages agents = new AgentPages(page, BackofficeTown.peopled());
        agents.open("journees-au-dela-des-places");

        assertThat(agents.count()).hasText("Aucun résultat");
        assertThat(page.locator(".bo-grid")).containsText("il y a partout assez de places");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "exceeded-days-none");
        page.getByText("Accueil").first().click();
        assertThat(page.locator(".bo-tile").first()).isVisible();
        assertThat(page.locator(".bo-warning")).hasCount(0);
    }

    @Test
    void an_agent_opens_it_with_its_own_menu_only(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        exceed(town);
        AgentPages agents = new AgentPages(page, town);
        agents.signIn(town.agentWith("INDIVIDUS"), BackofficeTown.PASSWORD);
        assertThat(page.locator(".bo-tile")).hasCount(1);
        assertThat(page.locator(".bo-warning")).hasCount(0);
        Assertions.assertThat(
                        page.navigate(town.url("journees-au-dela-des-places")).status())
                .isEqualTo(403);
    }

    /** A month of days of a schedule, one of a pool on one of them, and a day that is over. */
    private static void exceed(BackofficeTown town) throws SQLException {
        town.update(
                "insert into pool (town_id, id, ref, name, capacity) values (?, 2, 'P1', 'Salle du mercredi', 10)",
                town.id());
        town.update("insert into pool_schedule (town_id, pool_id, schedule_id) values (?, 2, 1)", town.id());
        town.update(
                "insert into place_counter (town_id, counter_id, day, taken, capacity) select ?, 1, date '2030-01-13' + n, 40 + n, 40"
                        + " from generate_series(1, 31) n",
                town.id());
        town.update(
                "insert into place_counter (town_id, counter_id, day, taken, capacity) values (?, 2, '2030-01-16', 110, 10),"
                        + " (?, 1, '2026-11-02', 41, 40), (?, 1, '2030-03-04', 40, 40)",
                town.id(),
                town.id(),
                town.id());
    }
}
