package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import fr.portailfamille.browser.InBrowser;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Clés d'échange ». */
@Tag("browser")
@Tag("B7")
@ExtendWith(InBrowser.class)
class ExchangeKeysE2E {

    @Test
    void a_key_is_made_shown_once_used_and_revoked_at_once(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        agents.open("cles-d-echange");
        assertThat(agents.count()).hasText("Aucun résultat");
        agents.hasNoAccessibilityViolation();

        agents.button("Créer une clé").click();
        assertThat(page.locator("#panelTitle")).isFocused();
        agents.button("Créer la clé").click();
        assertThat(page.locator("#name-error")).containsText("Nom");
        agents.hasNoAccessibilityViolation();
        page.locator("#name").fill("Enfance, production");
        agents.button("Créer la clé").dblclick();
        assertThat(agents.panel()).containsText("elle n’est montrée qu’une fois");
        assertThat(agents.count()).hasText("1 résultat");
        String key = page.locator("#madeKey").inputValue();
        Assertions.assertThat(key).startsWith("pfx_");
        agents.hasNoAccessibilityViolation();
        agents.button("Copier").click();
        assertThat(page.locator("#live")).hasText("La clé est copiée.");
        Assertions.assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(key);

        Assertions.assertThat(call(page, town, key)).as("known, no such lot").isEqualTo(404);
        page.reload();
        assertThat(page.locator("#madeKey")).hasCount(0);
        Assertions.assertThat(page.content()).doesNotContain(key);
        assertThat(agents.cell(0, 1)).containsText("Active");
        assertThat(agents.cell(0, 2)).containsText(town.admin());
        assertThat(agents.cell(0, 3)).containsText("à l’instant");

        agents.button("Créer une clé").click();
        page.locator("#name").fill("enfance, PRODUCTION");
        agents.button("Créer la clé").click();
        assertThat(page.locator("#name-error")).containsText("porte déjà ce nom");
        assertThat(page.locator("#name")).hasValue("enfance, PRODUCTION");
        page.keyboard().press("Escape");
        assertThat(agents.panel()).hasCount(0);

        agents.rows().nth(0).getByTitle("Révoquer").click();
        assertThat(agents.panel()).containsText("refusée dès son prochain appel");
        agents.hasNoAccessibilityViolation();
        agents.button("Révoquer la clé").dblclick();
        assertThat(page.locator(".pf-messages")).containsText("est révoquée");
        assertThat(agents.cell(0, 1)).containsText("Révoquée");
        Assertions.assertThat(call(page, town, key)).isEqualTo(401);
        Assertions.assertThat(town.value(
                        "select count(*) from app.exchange_key where town_id = ? and revoked_by is not null",
                        town.id()))
                .isEqualTo(1L);
    }

    @Test
    void the_second_of_two_agents_is_told_that_the_key_was_revoked(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        town.update(
                "insert into exchange_key (town_id, name, hash, created_at) values (?, 'Enfance', ?, now())",
                town.id(),
                UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        AgentPages agents = new AgentPages(page, town);
        agents.open("cles-d-echange");
        agents.rows().nth(0).getByTitle("Révoquer").click();
        assertThat(agents.panel()).isVisible();
        town.update("update exchange_key set revoked_at = now() where town_id = ?", town.id());
        agents.button("Révoquer la clé").click();
        assertThat(page.locator(".pf-messages")).containsText("était déjà révoquée");
    }

    @Test
    void the_page_is_for_agents_who_have_its_menu(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.signIn(town.agentWith("ETAT_DES_TRAITEMENTS"), BackofficeTown.PASSWORD);
        assertThat(page.locator("nav.pf-menu")).not().containsText("Clés d’échange");
        Assertions.assertThat(page.navigate(town.url("cles-d-echange")).status())
                .isEqualTo(403);
        Assertions.assertThat(page.navigate(town.url("pages/keys.xhtml")).status())
                .isEqualTo(404);
    }

    @Test
    void it_fits_a_phone(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        page.setViewportSize(320, 640);
        AgentPages agents = new AgentPages(page, town);
        agents.open("cles-d-echange");
        agents.button("Créer une clé").click();
        page.locator("#name").fill("Enfance, serveur de production");
        agents.button("Créer la clé").click();
        assertThat(page.locator("#madeKey")).isVisible();
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
        agents.hasNoAccessibilityViolation();
    }

    private static int call(Page page, BackofficeTown town, String key) {
        return page.context()
                .request()
                .get(
                        "/exchange/v1/" + town.code() + "/lots/" + UUID.randomUUID(),
                        RequestOptions.create().setHeader("Authorization", "Bearer " + key))
                .status();
    }
}
