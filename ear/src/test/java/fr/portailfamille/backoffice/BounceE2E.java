package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.browser.Screens;
import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.notice.ReturnedMail;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mail comes back: agents see it with the request, and the family at its next sign-in. */
@Tag("browser")
@Tag("B7")
@Tag("P11")
@ExtendWith(InBrowser.class)
@Timeout(180)
class BounceE2E {

    @Test
    void a_mail_that_came_back_is_seen_by_agents_and_by_the_family(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        town.update(
                "update town set service_phone = '01 02 03 04 05', service_hours = 'du lundi au vendredi' where id = ?",
                town.id());
        String parent = town.citizen();
        String messageId = "<" + UUID.randomUUID() + ".t" + town.id() + "@portail.example>";
        town.update(
                "insert into notice (town_id, id, template, recipient, subject, message_id, state, attempts, created_at, sent_at, request_id)"
                        + " values (?, 1000001, 'ACKNOWLEDGEMENT', ?, 'Accusé d''enregistrement électronique', ?, 'SENT', 1,"
                        + " '2026-10-02T14:00Z', '2026-10-02T14:00Z', 30)",
                town.id(),
                parent,
                messageId);
        ReturnedMail.noSuchMailbox(messageId, parent)
                .putInto(TestInstance.get().state().root().resolve("bounces"));
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (town.value("select returned_at from app.notice where town_id = ? and id = 1000001", town.id()) == null
                && System.nanoTime() < end) {
            Waiting.aMoment();
        }

        AgentPages agents = new AgentPages(page, town);
        agents.open("demandes");
        agents.see(0);
        assertThat(agents.panel()).containsText("Messages envoyés (1)");
        assertThat(agents.panel()).containsText("Revenu");
        assertThat(agents.panel()).containsText("550 5.1.1 No such mailbox");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "returned-notice");
        page.navigate(town.url("notifications"));
        assertThat(page.locator("#addresses")).containsText(parent);
        assertThat(page.locator("#addresses")).containsText("550 5.1.1 No such mailbox");

        page.navigate(town.portalUrl("connexion"));
        page.locator("#email").fill(parent);
        page.locator("#password").fill(BackofficeTown.PASSWORD);
        agents.button("Se connecter").click();
        assertThat(page.locator("main")).containsText("Votre adresse ne répond plus");
        assertThat(page.locator("main")).containsText(parent);
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "returned-family");
        page.getByText("Changer d’adresse").click();
        assertThat(page.locator("main")).containsText("01 02 03 04 05");
    }
}
