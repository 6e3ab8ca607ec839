package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.browser.Screens;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SMS: the town decides whether it sends any, and agents see with the request what became of them. */
@Tag("browser")
@Tag("B7")
@Tag("P11")
@ExtendWith(InBrowser.class)
class TextMessagesE2E {

    @Test
    void a_town_turns_sms_on_and_off_and_what_is_being_typed_stays(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        page.locator("#receiptText").fill("À suivre");
        assertThat(page.locator("#smsState")).containsText("La ville n’envoie pas de SMS.");
        agents.button("Envoyer des SMS").click();
        assertThat(page.locator("#smsState")).containsText("La ville envoie des SMS.");
        assertThat(page.locator("body")).containsText("Les familles qui l’acceptent seront prévenues par SMS.");
        assertThat(page.locator("#smsTitle")).isFocused();
        assertThat(page.locator("#receiptText")).hasValue("À suivre");
        Assertions.assertThat(town.value("select sms from app.notice_settings where town_id = ?", town.id()))
                .isEqualTo(true);
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "sms-setting");
        agents.button("Ne plus envoyer de SMS").click();
        assertThat(page.locator("#smsState")).containsText("La ville n’envoie pas de SMS.");
        Assertions.assertThat(town.value("select sms from app.notice_settings where town_id = ?", town.id()))
                .isEqualTo(false);
    }

    @Test
    @Tag("B6")
    void a_request_shows_the_sms_that_went_beside_its_messages(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        town.update(
                "insert into notice (town_id, id, template, recipient, subject, message_id, state, attempts, created_at, sent_at, request_id)"
                        + " values (?, 1000001, 'OUTCOME', 'parent30@famille.example', 'Accusé de traitement', '<a@b>', 'SENT', 1,"
                        + " '2026-10-02T14:00Z', '2026-10-02T14:00Z', 30)",
                town.id());
        town.update(
                "insert into text_message (town_id, id, notice_id, phone, words, key, state, attempts, last_error, created_at)"
                        + " values (?, 1000001, 1000001, '+33612345678', 'Du nouveau', gen_random_uuid(), 'FAILED', 1,"
                        + " 'HTTP 422 number blocked', '2026-10-02T14:00Z')",
                town.id());
        AgentPages agents = new AgentPages(page, town);
        agents.open("demandes");
        agents.see(0);
        assertThat(agents.panel()).containsText("SMS envoyés (1)");
        assertThat(agents.panel()).containsText("+33612345678");
        assertThat(agents.panel()).containsText("Non remis");
        assertThat(agents.panel()).containsText("HTTP 422 number blocked");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "sms-of-request");
    }
}
