package fr.portailfamille.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import fr.portailfamille.browser.InBrowser;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out, what stays closed, and every page of this part on a small screen and under axe. */
@Tag("browser")
@Tag("P3")
@ExtendWith(InBrowser.class)
class SignInE2E {

    private PortalVisit visit;

    @BeforeEach
    void openTown(Page page) throws SQLException {
        visit = PortalVisit.toNewTown(page);
    }

    private String member() throws SQLException {
        Household household = visit.household();
        visit.becomeMember(household.mother(), household.code());
        return household.mother();
    }

    @Test
    void a_closed_page_leads_through_the_sign_in_and_on(Page page) throws SQLException {
        String email = member();
        page.context().clearCookies();

        visit.open("mon-espace/mes-abonnements");
        assertThat(page.url()).contains("/connexion?retour=");
        page.fill("#email", email);
        page.fill("#password", "Mauvais-Mot-1");
        visit.submit();
        assertThat(page.locator(".pf-summary").innerText()).contains("incorrect");
        page.fill("#password", PortalVisit.PASSWORD);
        visit.submit();

        assertThat(page.url()).endsWith("/mon-espace/mes-abonnements");
        assertThat(page.locator("h1").innerText()).contains("Mes abonnements", "1 résultat");
    }

    @Test
    void the_way_on_never_leads_out_of_the_town(Page page) throws SQLException {
        String email = member();
        page.context().clearCookies();
        visit.open("connexion?retour=https%3A%2F%2Failleurs.example%2F");
        page.fill("#email", email);
        page.fill("#password", PortalVisit.PASSWORD);
        visit.submit();

        assertThat(page.url()).endsWith(visit.address("accueil"));
    }

    @Test
    void the_session_gets_a_new_id_and_a_cookie_that_scripts_cannot_read(Page page) throws SQLException {
        String email = member();
        page.context().clearCookies();
        visit.open("connexion");
        String before = session(page.context()).value;
        page.fill("#email", email);
        page.fill("#password", PortalVisit.PASSWORD);
        visit.submit();

        Cookie after = session(page.context());
        assertThat(after.value).isNotEqualTo(before);
        assertThat(after.httpOnly).isTrue();
        assertThat(after.sameSite.name()).isEqualTo("LAX");
        assertThat(page.evaluate("document.cookie")).isEqualTo("");
    }

    @Test
    void signed_out_neither_another_tab_nor_the_back_button_shows_anything(Page page) throws SQLException {
        member();
        visit.open("mon-espace/mon-compte");
        Page other = page.context().newPage();
        other.navigate(visit.address("accueil"));
        other.getByText("Se déconnecter").click();
        other.waitForLoadState();
        assertThat(other.locator("h1").innerText()).isEqualTo("Bienvenue sur le portail famille");

        page.getByText("Enregistrer mon nom").click();
        page.waitForLoadState();
        assertThat(page.url()).contains("/connexion?retour=mon-espace%2Fmon-compte");
        page.goBack();
        assertThat(page.locator("h1").innerText()).isEqualTo("Connexion");
    }

    @Test
    void on_the_pages_of_another_town_the_visitor_is_nobody(Page page) throws SQLException {
        member();
        PortalVisit elsewhere = PortalVisit.toNewTown(page);

        elsewhere.open("accueil");
        assertThat(page.locator("h1").innerText()).isEqualTo("Bienvenue sur le portail famille");
        elsewhere.open("mon-espace");
        assertThat(page.url()).contains("/connexion");
        visit.open("accueil");
        assertThat(page.locator("h1").innerText()).isEqualTo("Bonjour Claire Martin");
    }

    @Test
    void a_form_of_one_town_sent_to_another_does_nothing(Page page) throws SQLException {
        member();
        visit.open("mon-espace/mon-compte");
        PortalVisit elsewhere = PortalVisit.toNewTown(page.context().newPage());
        page.evaluate("address => document.getElementById('name').action = address", elsewhere.address("connexion"));
        page.fill("#lastName", "Volée");
        page.getByText("Enregistrer mon nom").click();
        page.waitForLoadState();

        assertThat(page.locator(".pf-notice").innerText()).contains("rien n’a été envoyé");
        visit.open("mon-espace/mon-compte");
        assertThat(page.inputValue("#lastName")).isEqualTo("Martin");
    }

    @Test
    void a_forgotten_password_is_replaced_and_ends_the_other_sessions(Page page) throws SQLException {
        String email = member();
        Page elsewhere = page.context().browser().newContext().newPage();
        String base = page.url().substring(0, page.url().indexOf("/portail"));
        elsewhere.navigate(base + visit.address("mot-de-passe-oublie"));
        elsewhere.fill("#email", email);
        elsewhere.locator("main form [type=submit]").click();
        elsewhere.waitForURL("**/mot-de-passe-oublie/confirmation");
        elsewhere.navigate(visit.linkSentTo(email, 2));
        elsewhere.fill("#password", "Tortue-Rapide-99");
        elsewhere.fill("#passwordAgain", "Tortue-Rapide-99");
        elsewhere.locator("main form [type=submit]").click();
        elsewhere.waitForURL("**/connexion");
        elsewhere.context().close();

        visit.open("mon-espace");
        assertThat(page.url()).contains("/connexion");
        visit.signIn(email, "Tortue-Rapide-99");
        assertThat(page.locator("h1").innerText()).isEqualTo("Bonjour Claire Martin");
    }

    @Test
    void an_unknown_address_gets_the_same_page(Page page) {
        visit.open("mot-de-passe-oublie");
        page.fill("#email", "personne@famille.example");
        visit.submit();

        assertThat(page.url()).endsWith("/mot-de-passe-oublie/confirmation");
        assertThat(page.locator("main").innerText()).contains("Si un compte correspond");
    }

    @Test
    @Tag("P4")
    void whoever_subscribes_later_sees_the_family_at_once(Page page) throws SQLException {
        Household household = visit.household();
        visit.becomeMember("tante." + System.nanoTime() + "@famille.example", "");
        visit.open("espace-famille");
        assertThat(page.locator("main").innerText()).contains("pas encore relié");
        assertThat(visit.axe()).isEmpty();

        page.getByText("M’abonner").click();
        page.fill("#code", household.code());
        page.fill("#birthDate", "22/09/2017");
        visit.submit();
        assertThat(page.locator(".pf-notice-good").innerText()).contains("transmise à nos services");

        visit.open("mon-espace/m-abonner");
        page.fill("#code", household.code());
        page.fill("#birthDate", "21/09/2017");
        visit.submit();
        assertThat(page.locator(".pf-notice-good").innerText()).contains("relié au dossier");
        visit.open("accueil");
        assertThat(page.locator(".pf-child-name").innerText()).contains("Léa");
    }

    @Test
    @Tag("P4")
    void a_password_changed_on_my_account_keeps_this_session(Page page) throws SQLException {
        String email = member();
        visit.open("mon-espace/mon-compte");
        page.fill("#presentPassword", "Faux-Mot-De-Passe-1");
        page.fill("#password", "Tortue-Rapide-99");
        page.fill("#passwordAgain", "Tortue-Rapide-99");
        page.getByText("Changer le mot de passe").click();
        page.waitForLoadState();
        assertThat(page.locator("#presentPassword-error").innerText()).contains("incorrect");
        page.fill("#presentPassword", PortalVisit.PASSWORD);
        page.fill("#password", "Tortue-Rapide-99");
        page.fill("#passwordAgain", "Tortue-Rapide-99");
        page.getByText("Changer le mot de passe").click();
        page.waitForLoadState();

        assertThat(page.locator(".pf-notice-good").innerText()).contains("est changé");
        page.context().clearCookies();
        visit.signIn(email, PortalVisit.PASSWORD);
        assertThat(page.locator(".pf-summary").innerText()).contains("incorrect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "views/home.xhtml",
                "accueil.xhtml",
                "inconnue",
                "accueil/",
                "../accueil/x",
                "jakarta.faces.resource/web.xml.xhtml"
            })
    void what_the_route_table_does_not_name_is_not_there(String path, Page page) {
        Response response = page.navigate(visit.address(path));

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.locator("h1").innerText()).isEqualTo("Page introuvable");
    }

    @Test
    @Tag("P17")
    void every_page_is_clean_and_fits_320_pixels(Page page) throws SQLException {
        String[] open = {
            "accueil",
            "connexion",
            "creer-un-compte",
            "creer-un-compte/confirmation",
            "activation",
            "renvoyer-le-lien",
            "mot-de-passe-oublie",
            "nouveau-mot-de-passe",
            "nous-contacter",
            "plan-du-site",
            "accessibilite",
            "mentions-legales",
            "donnees-personnelles",
            "conditions-d-utilisation"
        };
        String[] signedIn = {
            "accueil",
            "mon-espace",
            "mon-espace/mes-abonnements",
            "mon-espace/m-abonner",
            "mon-espace/mon-compte",
            "espace-famille",
            "espace-facturation"
        };
        check(page, open);
        member();
        check(page, signedIn);
    }

    private void check(Page page, String... paths) {
        for (String path : paths) {
            page.setViewportSize(1280, 900);
            Response response = page.navigate(visit.address(path));
            assertThat(response.status()).as(path).isEqualTo(200);
            assertThat(response.headerValue("content-security-policy")).as(path).contains("default-src 'none'");
            assertThat(visit.axe()).as(path).isEmpty();
            page.setViewportSize(320, 640);
            assertThat(visit.overflow()).as(path + " at 320 px").isZero();
            assertThat(page.locator("h1").count()).as(path).isEqualTo(1);
        }
    }

    private static Cookie session(BrowserContext context) {
        return context.cookies().stream()
                .filter(cookie -> cookie.name.equals("JSESSIONID"))
                .findFirst()
                .orElseThrow();
    }
}
