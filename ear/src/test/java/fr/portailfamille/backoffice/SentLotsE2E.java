package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.exchange.Puller;
import java.nio.file.Files;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lots of requests that went out, in « État des traitements ». */
@Tag("browser")
@Tag("B7")
@Tag("X6")
@Tag("X7")
@ExtendWith(InBrowser.class)
class SentLotsE2E {

    private static void waitsToGoOut(BackofficeTown town) throws Exception {
        town.update(
                "insert into dispatch (town_id, id, request_id, ref, operation, civility, last_name, first_name, email, at)"
                        + " select town_id, nextval('dispatch_seq'), id, ref, 'NEW', 'MME', 'PARENT', 'Inès',"
                        + " 'parent@famille.example', submitted_at from (select * from request where town_id = ?"
                        + " order by id limit 3) r",
                town.id());
        town.update(
                "insert into dispatch_line (town_id, dispatch_id, line, outcome) select town_id, id, 1, 'PENDING' from dispatch"
                        + " where town_id = ?",
                town.id());
    }

    @Test
    void a_lot_shows_its_place_and_whether_it_was_taken_and_is_fetched_again(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        waitsToGoOut(town);
        RequestOptions key = RequestOptions.create().setHeader("Authorization", "Bearer " + town.key());
        String requests = "/exchange/v1/" + town.code() + "/requests";
        APIResponse pulled = page.context().request().get(requests, key);
        Assertions.assertThat(pulled.status()).isEqualTo(200);

        agents.open("traitements");
        assertThat(agents.cell(0, 4)).containsText("Export des demandes");
        assertThat(agents.cell(0, 5)).containsText("3");
        agents.see(0);
        assertThat(page.locator("#panelTitle")).isFocused();
        assertThat(agents.panel()).containsText("1 à 3");
        assertThat(agents.panel()).containsText("Tiré, pas encore confirmé");
        assertThat(agents.panel()).not().containsText("Lignes rejetées");
        agents.hasNoAccessibilityViolation();

        Download file = page.waitForDownload(
                () -> agents.button("Télécharger le lot (ZIP)").click());
        Assertions.assertThat(file.suggestedFilename()).isEqualTo("demandes-1.zip");
        byte[] zip = Files.readAllBytes(file.path());
        Assertions.assertThat(zip).isEqualTo(pulled.body());
        Assertions.assertThat(Puller.Lot.of(zip).rows("requests.csv")).hasSize(3);

        String cursor = pulled.headers().get("next-cursor");
        APIResponse confirmed = page.context().request().post(requests + "/ack", key.setData(Map.of("cursor", cursor)));
        Assertions.assertThat(confirmed.text()).contains("\"requests\":3");
        page.keyboard().press("Escape");
        assertThat(agents.panel()).hasCount(0);
        agents.see(0);
        assertThat(agents.panel()).containsText("Confirmé le");
        agents.hasNoAccessibilityViolation();
    }

    @Test
    void at_the_narrowest_it_is_read_without_scrolling_sideways(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        waitsToGoOut(town);
        page.context()
                .request()
                .get(
                        "/exchange/v1/" + town.code() + "/requests",
                        RequestOptions.create().setHeader("Authorization", "Bearer " + town.key()));
        page.setViewportSize(320, 640);
        agents.open("traitements");
        agents.see(0);
        assertThat(agents.button("Télécharger le lot (ZIP)")).isVisible();
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
    }
}
