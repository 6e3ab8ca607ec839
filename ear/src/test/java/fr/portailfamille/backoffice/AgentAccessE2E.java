package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import fr.portailfamille.browser.InBrowser;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How agents get in, and how nobody else does. */
@Tag("browser")
@Tag("B1")
@ExtendWith(InBrowser.class)
class AgentAccessE2E {

    private static final Pattern HOME = Pattern.compile(".*/accueil");
    private static final Pattern SIGN_IN = Pattern.compile(".*/connexion.*");

    @Test
    void the_first_administrator_activates_by_the_mail_and_signs_in(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.opened();
        AgentPages agents = new AgentPages(page, town);
        String link = town.link(town.admin(), 1);

        page.navigate(link);
        assertThat(page.locator("dd")).hasText(town.admin());
        agents.hasNoAccessibilityViolation();
        page.locator("#password").fill("azerty");
        page.locator("#again").fill("azerty");
        agents.button("Activer mon compte").click();
        assertThat(page.locator(".pf-summary")).containsText("8 caractères au moins");
        page.locator("#password").fill(BackofficeTown.PASSWORD);
        page.locator("#again").fill(BackofficeTown.PASSWORD);
        agents.button("Activer mon compte").dblclick();

        assertThat(page).hasURL(SIGN_IN);
        assertThat(page.locator(".pf-messages")).containsText("Votre compte est activé");
        agents.fillSignIn(town.admin(), BackofficeTown.PASSWORD);
        assertThat(page).hasURL(HOME);
        assertThat(page.locator("nav.pf-menu")).containsText("Comptes citoyens");
        assertThat(page.locator("nav.pf-menu")).containsText("État des traitements");
        agents.hasNoAccessibilityViolation();

        page.context().clearCookies();
        page.navigate(link);
        assertThat(page.locator("main")).containsText("Ce lien a déjà servi");
    }

    @Test
    void a_wrong_password_and_an_unknown_address_are_told_alike(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);

        agents.signIn(town.admin(), "Faux12345678");
        String wrong = page.locator(".pf-summary").innerText();
        agents.hasNoAccessibilityViolation();
        agents.signIn("personne@" + town.code() + ".example", "Faux12345678");

        Assertions.assertThat(page.locator(".pf-summary").innerText()).isEqualTo(wrong);
        assertThat(page).hasURL(SIGN_IN);
    }

    @Test
    void ten_wrong_tries_close_the_door_to_the_right_password_too(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        page.navigate(town.url("connexion"));
        for (int i = 0; i < 10; i++) {
            agents.fillSignIn(town.admin(), "Faux12345678");
            assertThat(page.locator(".pf-summary")).containsText("incorrect");
        }

        agents.fillSignIn(town.admin(), BackofficeTown.PASSWORD);

        assertThat(page.locator(".pf-summary")).containsText("Trop de tentatives");
    }

    @Test
    void a_forgotten_password_is_replaced_by_the_mail_and_ends_the_open_session(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("comptes-citoyens");
        Page other = page.context().browser().newContext().newPage();
        AgentPages elsewhere = new AgentPages(other, town);

        other.navigate(page.url().replaceFirst("/backoffice/.*", town.url("mot-de-passe-oublie")));
        other.locator("#email").fill(town.admin());
        elsewhere.button("Recevoir le lien").click();
        assertThat(other.locator(".pf-messages")).containsText("un message vient de partir");
        other.navigate(town.link(town.admin(), 2));
        other.locator("#password").fill("Bateau9Rouge");
        other.locator("#again").fill("Bateau9Rouge");
        elsewhere.button("Enregistrer le mot de passe").click();
        assertThat(other).hasURL(SIGN_IN);

        page.reload();
        assertThat(page).hasURL(SIGN_IN);
        agents.fillSignIn(town.admin(), BackofficeTown.PASSWORD);
        assertThat(page.locator(".pf-summary")).containsText("incorrect");
        agents.fillSignIn(town.admin(), "Bateau9Rouge");
        assertThat(page).hasURL(Pattern.compile(".*/comptes-citoyens"));
        other.context().close();
    }

    @Test
    void menus_follow_the_profile_and_other_pages_are_refused(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.signIn(town.agentWith("DEMANDES"), BackofficeTown.PASSWORD);
        assertThat(page).hasURL(HOME);

        assertThat(page.locator("nav.pf-menu a")).hasText(new String[] {"Accueil", "Demandes"});
        Assertions.assertThat(page.navigate(town.url("demandes")).status()).isEqualTo(200);
        for (String refused : new String[] {"comptes-citoyens", "comptes-metiers", "individus", "traitements"}) {
            Assertions.assertThat(page.navigate(town.url(refused)).status())
                    .as(refused)
                    .isEqualTo(403);
        }
    }

    @Test
    void credentials_of_the_portal_open_nothing_here_and_the_reverse(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        String citizen = town.citizen();

        agents.signIn(citizen, BackofficeTown.PASSWORD);
        assertThat(page.locator(".pf-summary")).containsText("incorrect");
        page.navigate(town.portalUrl("connexion"));
        page.locator("#email").fill(town.admin());
        page.locator("#password").fill(BackofficeTown.PASSWORD);
        page.locator("main input[type=submit], main button[type=submit]")
                .first()
                .click();
        assertThat(page.locator(".pf-summary")).isVisible();

        // Signed in on the portal, the back-office still asks who it is; signed in here, the portal does.
        page.locator("#email").fill(citizen);
        page.locator("#password").fill(BackofficeTown.PASSWORD);
        page.locator("main input[type=submit], main button[type=submit]")
                .first()
                .click();
        assertThat(page).not().hasURL(SIGN_IN);
        page.navigate(town.url("comptes-citoyens"));
        assertThat(page).hasURL(Pattern.compile(".*/backoffice/.*/connexion\\?retour=comptes-citoyens"));
    }

    @Test
    void a_session_opens_no_other_town(Page page) throws Exception {
        BackofficeTown here = BackofficeTown.peopled();
        BackofficeTown there = BackofficeTown.opened();
        AgentPages agents = new AgentPages(page, here);
        agents.open("comptes-citoyens");

        page.navigate(there.url("comptes-citoyens"));

        assertThat(page).hasURL(Pattern.compile(".*" + there.code() + "/connexion.*"));
    }

    @Test
    void an_expired_session_leads_to_sign_in_and_back(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("demandes");
        page.context().clearCookies();

        agents.search();

        assertThat(page).hasURL(SIGN_IN);
        agents.fillSignIn(town.admin(), BackofficeTown.PASSWORD);
        assertThat(page).hasURL(Pattern.compile(".*/demandes"));
    }

    @Test
    void signing_out_ends_the_session(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("individus");

        agents.button("Se déconnecter").click();
        assertThat(page).hasURL(SIGN_IN);
        page.navigate(town.url("individus"));

        assertThat(page).hasURL(SIGN_IN);
    }

    @Test
    void views_have_no_address_of_their_own(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.opened();
        for (String path : new String[] {
            "/backoffice/pages/home.xhtml", "/backoffice/WEB-INF/web.xml", town.url("pages/home.xhtml")
        }) {
            APIResponse answer =
                    page.request().get(path, RequestOptions.create().setMaxRedirects(0));
            Assertions.assertThat(answer.status()).as(path).isEqualTo(404);
        }
    }
}
