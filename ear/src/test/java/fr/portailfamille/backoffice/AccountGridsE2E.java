package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Comptes citoyens », « Comptes métiers » and « Individus ». */
@Tag("browser")
@ExtendWith(InBrowser.class)
class AccountGridsE2E {

    @Test
    @Tag("B2")
    void citizen_accounts_are_filtered_sorted_and_paged(Page page) throws Exception {
        AgentPages agents = new AgentPages(page, BackofficeTown.peopled());
        agents.open("comptes-citoyens");

        assertThat(agents.count()).hasText("60 résultats");
        assertThat(agents.rows()).hasCount(25);
        assertThat(agents.cell(0, 1)).containsText("NOM01");
        agents.sortDescending("Nom");
        assertThat(agents.cell(0, 1)).containsText("NOM60");
        page.locator(".ui-paginator-next").click();
        assertThat(agents.cell(0, 1)).containsText("NOM35");
        assertThat(page.locator(".ui-paginator-current")).hasText("26–50 sur 60");
        agents.hasNoAccessibilityViolation();

        page.keyboard().press("/");
        page.keyboard().type("PARENT7@");
        page.keyboard().press("Enter");
        assertThat(agents.count()).hasText("1 résultat");
        assertThat(agents.cell(0, 2)).containsText("Zoé");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("60 résultats");
        page.locator("#firstName").fill("zoe");
        agents.search();
        assertThat(agents.count()).hasText("1 résultat");
        page.locator("#lastName").fill("introuvable%");
        agents.search();
        assertThat(agents.count()).hasText("Aucun résultat");
        assertThat(page.locator(".bo-grid")).containsText("Élargissez la recherche");
        agents.hasNoAccessibilityViolation();
    }

    @Test
    @Tag("B2")
    void a_citizen_account_is_looked_at_disabled_and_enabled(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("comptes-citoyens");

        agents.see(0);
        assertThat(agents.panel()).containsText("Prénom1 NOM01");
        assertThat(agents.panel()).containsText("BL-0000000001");
        agents.hasNoAccessibilityViolation();
        agents.button("Suivant").click();
        assertThat(agents.panel()).containsText("Prénom2 NOM02");
        page.keyboard().press("Escape");
        assertThat(agents.panel()).hasCount(0);

        agents.rows().nth(0).getByTitle("Supprimer").click();
        assertThat(agents.panel()).containsText("ne pourra plus se connecter");
        Assertions.assertThat(state(town, BackofficeTown.FIRST_ACCOUNT + 1)).isEqualTo("ACTIVE");
        agents.hasNoAccessibilityViolation();
        agents.button("Supprimer le compte").dblclick();
        assertThat(page.locator(".pf-messages")).containsText("est désactivé");
        assertThat(agents.cell(0, 3)).containsText("Désactivé");
        Assertions.assertThat(state(town, BackofficeTown.FIRST_ACCOUNT + 1)).isEqualTo("DISABLED");
        agents.rows().nth(0).getByTitle("Rétablir").click();
        assertThat(agents.cell(0, 3)).containsText("Actif");
    }

    private static Object state(BackofficeTown town, int account) throws Exception {
        return town.value("select state from app.citizen_account where town_id = ? and id = ?", town.id(), account);
    }

    @Test
    @Tag("B2")
    void an_account_made_for_a_family_is_activated_by_its_holder(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        String email = "grand-mere@" + town.code() + ".example";
        agents.open("nouveau-compte-citoyen");
        agents.hasNoAccessibilityViolation();

        page.getByLabel("Mme").check();
        page.locator("#lastName").fill("ROUX");
        page.locator("#firstName").fill("Odette");
        page.locator("#email").fill("parent1@famille.example");
        agents.button("Créer et envoyer le message").click();
        assertThat(page.locator(".pf-summary")).containsText("existe déjà");
        page.locator("#email").fill(email);
        agents.button("Créer et envoyer le message").dblclick();
        assertThat(page.locator(".pf-messages")).containsText("Odette ROUX");

        page.navigate(town.link(email, 1));
        page.locator("input[type=password]").first().fill(BackofficeTown.PASSWORD);
        page.locator("input[type=password]").last().fill(BackofficeTown.PASSWORD);
        page.locator("main input[type=submit], main button[type=submit]").last().click();
        assertThat(page).hasURL(Pattern.compile(".*/portail/.*/connexion"));
        Assertions.assertThat(town.value(
                        "select state from app.citizen_account where town_id = ? and email = ?", town.id(), email))
                .isEqualTo("ACTIVE");
    }

    @Test
    @Tag("B3")
    void business_accounts_are_filtered_edited_and_unsubscribed(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("comptes-metiers");

        assertThat(agents.count()).hasText("30 résultats");
        assertThat(agents.cell(0, 5)).containsText("Associé (parent1@famille.example)");
        page.locator("#linked").selectOption("Orphelins");
        agents.search();
        assertThat(agents.count()).hasText("10 résultats");
        assertThat(agents.cell(0, 5)).containsText("Orphelin");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("30 résultats");
        agents.sortDescending("Code compte");
        assertThat(agents.cell(0, 2)).containsText("BL-0000000030");
        page.locator("#name").fill("famille05");
        agents.search();
        assertThat(agents.count()).hasText("1 résultat");
        agents.hasNoAccessibilityViolation();

        agents.rows().nth(0).getByTitle("Modifier").click();
        page.locator("#editedLastName").fill("DUBOIS");
        page.locator("#editedEmail").fill("pas-une-adresse");
        agents.button("Enregistrer").click();
        assertThat(agents.panel()).containsText("l’adresse n’est pas complète");
        page.locator("#editedEmail").fill("dubois@famille.example");
        agents.hasNoAccessibilityViolation();
        agents.button("Enregistrer").click();
        assertThat(page.locator(".pf-messages")).containsText("est modifié");
        assertThat(agents.cell(0, 3)).containsText("DUBOIS");
        assertThat(agents.cell(0, 4)).containsText("dubois@famille.example");
        town.update(
                "update business_account set email = 'nouveau@famille.example' where town_id = ? and id = 5",
                town.id());
        agents.search();
        assertThat(agents.cell(0, 4)).containsText("nouveau@famille.example");

        agents.see(0);
        agents.panel().getByText("Désabonner").click();
        assertThat(agents.panel()).containsText("ne verra plus ce compte métier");
        agents.hasNoAccessibilityViolation();
        agents.panel().locator(".bo-danger").click();
        assertThat(page.locator(".pf-messages")).containsText("est terminé");
        assertThat(agents.cell(0, 5)).containsText("Orphelin");
    }

    @Test
    @Tag("B5")
    void individuals_are_found_by_words_of_their_name_and_lead_to_the_accounts(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("individus");

        assertThat(agents.count()).hasText("90 résultats");
        assertThat(agents.cell(0, 2)).containsText("02/11/2026");
        page.locator("#name").fill("mael famille12");
        agents.search();
        assertThat(agents.count()).hasText("1 résultat");
        assertThat(agents.cell(0, 0)).containsText("FAMILLE12 Maël");
        assertThat(agents.cell(0, 3)).containsText("Enfant");
        agents.button("Réinitialiser").click();
        assertThat(agents.count()).hasText("90 résultats");
        page.locator("#role").selectOption("Responsable");
        agents.search();
        assertThat(agents.count()).hasText("30 résultats");
        agents.sortDescending("Référence");
        assertThat(agents.cell(0, 1)).containsText("P92");
        agents.hasNoAccessibilityViolation();

        agents.rows().nth(0).getByTitle("Comptes métiers").click();
        assertThat(page).hasURL(Pattern.compile(".*/comptes-metiers\\?famille=9"));
        assertThat(agents.count()).hasText("1 résultat");
        agents.rows().nth(0).getByTitle("Comptes citoyens").click();
        assertThat(agents.count()).hasText("1 résultat");
        assertThat(agents.cell(0, 1)).containsText("NOM09");
        agents.rows().nth(0).getByTitle("Comptes métiers").click();
        agents.rows().nth(0).getByTitle("Individus").click();
        assertThat(agents.count()).hasText("3 résultats");
    }
}
