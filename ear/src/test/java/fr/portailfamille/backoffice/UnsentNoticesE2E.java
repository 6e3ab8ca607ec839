package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.browser.Screens;
import java.sql.SQLException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Messages non remis ». */
@Tag("browser")
@Tag("B7")
@ExtendWith(InBrowser.class)
class UnsentNoticesE2E {

    @Test
    void an_agent_sees_every_mail_that_did_not_arrive_with_its_reason_and_sends_one_again(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        // One that can be sent again, as far as its content goes.
        agents.button("Envoyez-moi un essai").click();
        page.waitForCondition(() -> trial(town) > 0);
        long refused = trial(town);
        town.update(
                "update notice set state = 'FAILED', attempts = 3, last_error = '550 5.7.1 Message refused', sent_at = null,"
                        + " next_attempt_at = null where id = " + refused + " and town_id = ?",
                town.id());
        town.update(
                "insert into notice (town_id, id, template, recipient, subject, message_id, model_enc, state, attempts,"
                        + " next_attempt_at, last_error, created_at) values (?, 900002, 'DIGEST', 'lent@famille.example',"
                        + " 'Accusé de traitement', '<b@b>', '\\x00', 'QUEUED', 2, '2026-10-02T18:00Z', '451 try later',"
                        + " '2026-10-02T16:00Z')",
                town.id());
        town.update(
                "insert into notice (town_id, id, template, recipient, subject, message_id, state, attempts, sent_at, created_at,"
                        + " returned_at, returned_reason) values (?, 900001, 'PASSWORD_RESET', 'parti@famille.example',"
                        + " 'Nouveau mot de passe', '<a@b>', 'SENT', 1, '2026-10-02T14:00Z', '2026-10-02T14:00Z',"
                        + " '2026-10-02T15:00Z', '5.2.2 mailbox full')",
                town.id());

        page.navigate(town.url("notifications"));
        page.getByText("Voir les messages qui ne sont pas arrivés").click();
        assertThat(page.locator("h1")).hasText("Messages non remis");
        assertThat(rows(page)).hasCount(3);
        assertThat(row(page, "550 5.7.1 Message refused")).containsText("Non remis");
        assertThat(row(page, "451 try later")).containsText("En cours d’envoi");
        assertThat(row(page, "451 try later")).containsText("prochain essai");
        assertThat(row(page, "451 try later").getByText("Renvoyer")).hasCount(0);
        assertThat(row(page, "5.2.2 mailbox full")).containsText("parti@famille.example");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "unsent-notices");
        page.setViewportSize(320, 640);
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
        page.setViewportSize(1280, 900);

        row(page, "550 5.7.1 Message refused").getByText("Renvoyer").dblclick();
        assertThat(page.locator(".pf-messages")).containsText("Le message repart à l’adresse " + town.admin());
        assertThat(row(page, "550 5.7.1 Message refused").getByText("Renvoyer")).hasCount(0);
        Assertions.assertThat(town.value(
                        "select count(*) from app.notice where town_id = ? and repeats = " + refused, town.id()))
                .isEqualTo(1L);

        page.locator("#state").selectOption("Revenu");
        agents.button("Rechercher").click();
        assertThat(rows(page)).hasCount(1);
        page.locator("#state").selectOption("Tous");
        page.locator("#email").fill("PARTI@");
        agents.button("Rechercher").click();
        assertThat(rows(page)).hasCount(1);
        agents.hasNoAccessibilityViolation();
    }

    private static long trial(BackofficeTown town) {
        try {
            return (long) town.value(
                    "select coalesce(max(id), 0) from app.notice where town_id = ? and template = 'ACKNOWLEDGEMENT'",
                    town.id());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Locator rows(Page page) {
        return page.locator("#grid tbody tr").filter(new Locator.FilterOptions().setHas(page.locator("td + td")));
    }

    private static Locator row(Page page, String words) {
        return rows(page).filter(new Locator.FilterOptions().setHasText(words));
    }
}
