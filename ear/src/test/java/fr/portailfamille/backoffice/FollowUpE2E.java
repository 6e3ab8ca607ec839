package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Demandes » and « État des traitements ». */
@Tag("browser")
@ExtendWith(InBrowser.class)
class FollowUpE2E {

    @Test
    @Tag("B6")
    void requests_are_filtered_sorted_paged_and_shown_with_their_history(Page page) throws Exception {
        AgentPages agents = new AgentPages(page, BackofficeTown.peopled());
        agents.open("demandes");

        assertThat(agents.count()).hasText("30 résultats");
        assertThat(agents.rows()).hasCount(25);
        assertThat(agents.cell(0, 1)).containsText("02/10/2026 16:00");
        page.locator(".ui-paginator-next").click();
        assertThat(agents.rows()).hasCount(5);
        page.locator("#type").selectOption("Absence");
        page.locator("#state").selectOption("Acceptée");
        agents.search();
        assertThat(agents.count()).hasText("5 résultats");
        agents.sort("Date");
        assertThat(agents.cell(0, 1)).containsText("01/10/2026 16:00");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("30 résultats");
        page.locator("#from").fill("31/02/2026");
        agents.search();
        assertThat(page.locator("#from-error")).containsText("date attendue");
        page.locator("#from").fill("02/10/2026");
        page.locator("#to").fill("02/10/2026");
        agents.search();
        assertThat(agents.count()).hasText("17 résultats");
        agents.hasNoAccessibilityViolation();

        agents.see(0);
        assertThat(agents.panel()).containsText("École des Tilleuls");
        assertThat(agents.panel()).containsText("Demande déposée");
        assertThat(page.locator(".bo-panel h2")).isFocused();
        agents.hasNoAccessibilityViolation();
    }

    @Test
    @Tag("B7")
    void runs_show_their_counts_and_every_rejected_row_with_its_reason(Page page) throws Exception {
        AgentPages agents = new AgentPages(page, BackofficeTown.peopled());
        agents.open("traitements");

        assertThat(agents.count()).hasText("2 résultats");
        assertThat(agents.cell(0, 4)).containsText("Import réservations en masse");
        assertThat(agents.cell(0, 1)).containsText("1 min 10 s");
        agents.sort("Nombre");
        assertThat(agents.cell(0, 5)).containsText("90");
        agents.hasNoAccessibilityViolation();
        agents.see(0);
        assertThat(agents.panel()).containsText("individuals.csv");
        assertThat(agents.panel()).containsText("last_name");
        agents.hasNoAccessibilityViolation();

        Download file =
                page.waitForDownload(() -> agents.button("Télécharger en CSV").click());

        Assertions.assertThat(file.suggestedFilename()).isEqualTo("rejets-1.csv");
        Assertions.assertThat(Files.readAllLines(file.path())).hasSize(3).anyMatch(line -> line.contains("BAD_DATE"));
    }

    @Test
    @Tag("B7")
    void a_running_job_moves_by_itself(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        town.update(
                "update processing_run set result = 'RUNNING', progress = 40, ended_at = null where town_id = ? and id = 2",
                town.id());
        AgentPages agents = new AgentPages(page, town);
        agents.open("traitements");
        assertThat(agents.cell(0, 2)).containsText("40 %");
        assertThat(page.locator("#watch")).containsText("se met à jour");

        town.update("update processing_run set progress = 75 where town_id = ? and id = 2", town.id());
        assertThat(agents.cell(0, 2)).containsText("75 %");
        town.update(
                "update processing_run set result = 'DONE', progress = 100, ended_at = started_at + interval '9 s'"
                        + " where town_id = ? and id = 2",
                town.id());

        assertThat(agents.cell(0, 6)).containsText("Terminé");
        assertThat(page.locator("#watch")).not().containsText("se met à jour");
    }
}
