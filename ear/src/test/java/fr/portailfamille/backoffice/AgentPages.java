package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** What the tests do on the agents' pages, in their words. */
final class AgentPages {

    private final Page page;
    private final BackofficeTown town;

    AgentPages(Page page, BackofficeTown town) {
        this.page = page;
        this.town = town;
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                throw new AssertionError(message.text());
            }
        });
    }

    void signIn(String email, String password) {
        page.navigate(town.url("connexion"));
        fillSignIn(email, password);
    }

    void fillSignIn(String email, String password) {
        page.locator("#email").fill(email);
        page.locator("#password").fill(password);
        button("Se connecter").click();
    }

    /** Signs in as the administrator and opens a page. */
    void open(String path) {
        signIn(town.admin(), BackofficeTown.PASSWORD);
        assertThat(page).hasURL(Pattern.compile(".*/accueil"));
        page.navigate(town.url(path));
    }

    void search() {
        button("Rechercher").click();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator count() {
        return page.locator("#count");
    }

    Locator rows() {
        return page.locator(".bo-grid tbody tr[data-ri]");
    }

    Locator cell(int row, int column) {
        return rows().nth(row).locator("td").nth(column);
    }

    /** Sorts by a column, and then the other way round. */
    void sortDescending(String column) {
        sort(column);
        Locator header = header(column);
        header.click();
        assertThat(header).hasAttribute("aria-sort", "descending");
        settled();
    }

    void sort(String column) {
        Locator header = header(column);
        header.click();
        assertThat(header).hasAttribute("aria-sort", "ascending");
        settled();
    }

    private Locator header(String column) {
        return page.getByRole(
                AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName(Pattern.compile("^" + column)));
    }

    /** Nothing is being asked of the server any more. */
    private void settled() {
        assertThat(page.locator("body.is-busy")).hasCount(0);
    }

    Locator panel() {
        return page.locator(".bo-panel");
    }

    void see(int row) {
        rows().nth(row).getByTitle("Voir").click();
        assertThat(panel()).isVisible();
    }

    void hasNoAccessibilityViolation() {
        settled();
        Assertions.assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(violation ->
                        violation.getId() + " " + violation.getNodes().get(0).getHtml())
                .isEqualTo(List.of());
    }
}
