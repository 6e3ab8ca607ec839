package fr.portailfamille.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever follows a wrong link is told so, in French and without a trace of the inside. */
@Tag("browser")
@ExtendWith(InBrowser.class)
class ErrorPageE2E {
    @Test
    void an_address_that_leads_nowhere_answers_404_with_a_page(Page page) {
        Response response = page.navigate("/portail/ville-qui-n-existe-pas/accueil");

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("fr");
        assertThat(page.locator("body").innerText()).doesNotContain("Exception", "WildFly", "Undertow");
    }

    @Test
    void the_error_page_has_no_accessibility_violation(Page page) {
        page.navigate("/portail/ville-qui-n-existe-pas/accueil");

        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    @Test
    void no_answer_names_the_server_or_its_version(Page page) {
        Response response = page.navigate("/portail/");

        assertThat(response.allHeaders()).doesNotContainKeys("server", "x-powered-by");
    }
}
