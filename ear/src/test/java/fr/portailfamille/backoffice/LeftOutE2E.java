package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import fr.portailfamille.browser.InBrowser;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Posts that no page of ours sends: a required field is left out, or empty where there is no empty choice. */
@Tag("browser")
@Tag("B7")
@ExtendWith(InBrowser.class)
class LeftOutE2E {

    private final List<Response> faults = new ArrayList<>();

    private AgentPages open(Page page, String path) throws Exception {
        page.onResponse(response -> {
            if (response.status() >= 500) {
                faults.add(response);
            }
        });
        AgentPages agents = new AgentPages(page, BackofficeTown.peopled());
        agents.open(path);
        return agents;
    }

    @Test
    void a_key_without_a_name_is_refused_at_its_field(Page page) throws Exception {
        AgentPages agents = open(page, "cles-d-echange");
        agents.button("Créer une clé").click();
        page.locator("#name").evaluate("input => input.removeAttribute('name')");
        agents.button("Créer la clé").click();
        assertThat(page.locator("#name-error")).containsText("Nom");
        assertThat(agents.count()).hasText("Aucun résultat");
        Assertions.assertThat(faults).isEmpty();
    }

    @Test
    void a_lot_without_a_file_is_refused_at_its_field(Page page) throws Exception {
        AgentPages agents = open(page, "importer-un-lot");
        page.locator("#file").evaluate("input => { input.required = false; input.removeAttribute('name'); }");
        agents.button("Importer").click();
        assertThat(page.locator("#file-error")).containsText("Fichier");
        Assertions.assertThat(faults).isEmpty();
    }

    @Test
    void a_preview_of_no_message_is_refused_and_the_page_goes_on(Page page) throws Exception {
        AgentPages agents = open(page, "notifications");
        page.locator("#template").evaluate("menu => { menu.options[0].value = ''; menu.selectedIndex = 0; }");
        agents.button("Afficher l’aperçu").click();
        assertThat(page.locator(".pf-summary")).containsText("Message");
        page.locator("#template").selectOption("Accusé de traitement de réservations");
        agents.button("Afficher l’aperçu").click();
        assertThat(page.locator(".bo-mail")).containsText("2 de vos demandes ont été traitées");
        Assertions.assertThat(faults).isEmpty();
    }
}
