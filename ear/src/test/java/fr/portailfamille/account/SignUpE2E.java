package fr.portailfamille.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the form « Créer un compte » through the mail to the children on the home page. */
@Tag("browser")
@Tag("P2")
@ExtendWith(InBrowser.class)
class SignUpE2E {

    private PortalVisit visit;

    @BeforeEach
    void openTown(Page page) throws SQLException {
        visit = PortalVisit.toNewTown(page);
    }

    @Test
    @Tag("P1")
    void a_parent_signs_up_with_the_code_and_sees_the_children(Page page) throws SQLException {
        Household household = visit.household();

        visit.becomeMember(household.mother(), household.code().toLowerCase(java.util.Locale.ROOT));

        assertThat(page.locator("h1").innerText()).isEqualTo("Bonjour Claire Martin");
        assertThat(page.locator(".pf-child-name").innerText()).contains("Léa");
        assertThat(visit.axe()).isEmpty();
    }

    @Test
    void flaws_are_told_beside_their_fields_and_what_was_typed_stays(Page page) {
        visit.open("creer-un-compte");
        visit.fillSignUp("claire");
        page.fill("#password", "azerty");
        page.fill("#passwordAgain", "azerty1");
        page.fill("#code", "BL-123");
        visit.submit();

        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("pf-summary");
        assertThat(page.locator(".pf-summary li"))
                .satisfies(list -> assertThat(list.count()).isEqualTo(2));
        page.locator(".pf-summary a").first().click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("email");
        assertThat(page.getAttribute("#email", "aria-invalid")).isEqualTo("true");
        assertThat(page.inputValue("#lastName")).isEqualTo("Martin");
        assertThat(page.inputValue("#email")).isEqualTo("claire");
        assertThat(page.inputValue("#code")).isEqualTo("BL-123");
        assertThat(page.isChecked("#terms")).isTrue();
        assertThat(page.inputValue("#password")).isEmpty();
        assertThat(visit.axe()).isEmpty();

        page.fill("#email", "claire.mot@famille.example");
        page.fill("#password", "azerty");
        page.fill("#passwordAgain", "azerty");
        visit.submit();
        assertThat(page.locator("#password-error").innerText()).contains("8 caractères", "chiffre", "majuscule");
    }

    @Test
    void a_double_click_sends_one_mail(Page page) {
        String email = "double." + System.nanoTime() + "@famille.example";
        visit.open("creer-un-compte");
        visit.fillSignUp(email);
        page.locator("main form [type=submit]").dblclick();
        page.waitForURL("**/creer-un-compte/confirmation");

        String link = visit.linkSentTo(email, 1);
        page.navigate(link);
        visit.submit();
        assertThat(page.locator(".pf-notice-good").innerText()).contains("activé");
        assertThat(visit.mailsTo(email)).isEqualTo(1);
    }

    @Test
    void opening_the_link_uses_nothing_up_and_its_button_works_once(Page page) {
        String email = "lien." + System.nanoTime() + "@famille.example";
        visit.open("creer-un-compte");
        visit.fillSignUp(email);
        visit.submit();
        String link = visit.linkSentTo(email, 1);

        page.navigate(link);
        page.navigate(link);
        assertThat(page.locator("h1").innerText()).isEqualTo("Activer mon compte");
        visit.submit();
        assertThat(page.url()).endsWith("/connexion");
        page.navigate(link);
        assertThat(page.locator("h1").innerText()).isEqualTo("Ce lien ne fonctionne plus");
        assertThat(visit.axe()).isEmpty();
    }

    @Test
    void a_link_sent_again_replaces_the_first(Page page) {
        String email = "encore." + System.nanoTime() + "@famille.example";
        visit.open("creer-un-compte");
        visit.fillSignUp(email);
        visit.submit();
        String first = visit.linkSentTo(email, 1);

        visit.open("renvoyer-le-lien");
        page.fill("#email", email);
        visit.submit();
        String second = visit.linkSentTo(email, 2);

        page.navigate(first);
        assertThat(page.locator("h1").innerText()).isEqualTo("Ce lien ne fonctionne plus");
        page.navigate(second);
        assertThat(page.locator("h1").innerText()).isEqualTo("Activer mon compte");
    }

    @Test
    void a_form_left_open_too_long_comes_back_filled_in(Page page) {
        visit.open("creer-un-compte");
        visit.fillSignUp("patiente@famille.example");
        page.context().clearCookies();
        visit.submit();

        assertThat(page.locator(".pf-notice").innerText()).contains("restée ouverte trop longtemps");
        assertThat(page.inputValue("#lastName")).isEqualTo("Martin");
        assertThat(page.inputValue("#email")).isEqualTo("patiente@famille.example");
        assertThat(page.inputValue("#password")).isEmpty();
        assertThat(visit.mailsTo("patiente@famille.example")).isZero();
    }

    @Test
    void without_the_puzzle_solved_nothing_is_sent(Page page) {
        String email = "robot." + System.nanoTime() + "@famille.example";
        page.route("**/robot.js**", route -> route.abort());
        visit.open("creer-un-compte");
        visit.fillSignUp(email);
        visit.submit();

        assertThat(page.locator(".pf-summary").innerText()).contains("anti-robot");
        assertThat(visit.mailsTo(email)).isZero();
    }
}
