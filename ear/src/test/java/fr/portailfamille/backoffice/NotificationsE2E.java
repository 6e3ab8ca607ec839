package fr.portailfamille.backoffice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import fr.portailfamille.browser.InBrowser;
import fr.portailfamille.browser.Screens;
import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.launcher.CaughtMails;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Notifications », what a request's family was sent, and addresses that do not answer any more. */
@Tag("browser")
@Tag("B7")
@ExtendWith(InBrowser.class)
class NotificationsE2E {

    @Test
    void texts_hours_and_legal_mentions_are_set_and_kept(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Accusé de réception");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "notifications");

        page.locator("#receiptText").fill("La régie est ouverte le mardi.\n\nÀ <b>bientôt</b>");
        page.locator("#hours").fill("midi");
        page.locator("#serviceEmail").fill("pas une adresse");
        page.locator("#replyMonths").fill("3");
        agents.button("Enregistrer").click();
        assertThat(page.locator("#hours-error")).containsText("de la journée");
        assertThat(page.locator("#serviceEmail-error")).containsText("pas valable");
        assertThat(page.locator("#receiptText")).hasValue("La régie est ouverte le mardi.\n\nÀ <b>bientôt</b>");
        Assertions.assertThat(town.value("select receipt_text from app.town where id = ?", town.id()))
                .isNull();
        agents.hasNoAccessibilityViolation();

        page.locator("#hours").fill("9h30 et 20:15");
        page.locator("#serviceEmail").fill("enfance@ville.example");
        page.locator("#service").fill("Direction de l'enfance");
        page.getByLabel("refusée").check();
        agents.button("Enregistrer").click();
        assertThat(page.locator("body")).containsText("Les notifications sont enregistrées.");
        assertThat(page.locator("#hours")).hasValue("09:30, 20:15");
        Assertions.assertThat(
                        String.valueOf(town.value("select digest_hours::text from app.town where id = ?", town.id())))
                .isEqualTo("{09:30:00,20:15:00}");
        Assertions.assertThat(town.value(
                        "select service || ' ' || reply_months || ' ' || silence from app.notice_settings where town_id = ?",
                        town.id()))
                .isEqualTo("Direction de l'enfance 3 REFUSED");
    }

    @Test
    void a_line_break_counts_once_and_a_text_that_is_too_long_is_refused_at_its_field(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        String full = "Une ligne de ...\n".repeat(58) + "a".repeat(14);
        Assertions.assertThat(full).hasSize(1000);
        page.locator("#recourse").fill(full);
        agents.button("Enregistrer").click();
        assertThat(page.locator("body")).containsText("Les notifications sont enregistrées.");
        Assertions.assertThat(town.value("select recourse from app.notice_settings where town_id = ?", town.id()))
                .isEqualTo(full);

        // As a browser that knows no greatest length would send it.
        page.evaluate("document.querySelectorAll('[maxlength]').forEach(each => each.removeAttribute('maxlength'))");
        page.locator("#recourse").fill("b".repeat(1001));
        page.locator("#service").fill("c".repeat(201));
        agents.button("Enregistrer").click();
        assertThat(page.locator("#recourse-error")).containsText("dépasse 1 000 caractères");
        assertThat(page.locator("#service-error")).containsText("200");
        assertThat(page.locator("#recourse")).hasValue("b".repeat(1001));
        agents.hasNoAccessibilityViolation();
    }

    @Test
    void an_agent_is_told_of_what_another_saved_meanwhile_and_loses_nothing(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        Page other = page.context().newPage();
        other.navigate(town.url("notifications"));
        other.locator("#outcomeText").fill("De l’autre agent");
        new AgentPages(other, town).button("Enregistrer").click();
        assertThat(other.locator("body")).containsText("Les notifications sont enregistrées.");

        page.locator("#receiptText").fill("Du premier agent");
        agents.button("Enregistrer").click();
        assertThat(page.locator(".pf-summary")).containsText("modifiés entre-temps par un autre agent");
        assertThat(page.locator("#receiptText")).hasValue("Du premier agent");
        Assertions.assertThat(town.value(
                        "select outcome_text || coalesce(receipt_text, '') from app.town where id = ?", town.id()))
                .isEqualTo("De l’autre agent");
        agents.hasNoAccessibilityViolation();

        agents.button("Enregistrer").click();
        assertThat(page.locator("body")).containsText("Les notifications sont enregistrées.");
        Assertions.assertThat(town.value("select receipt_text from app.town where id = ?", town.id()))
                .isEqualTo("Du premier agent");
    }

    @Test
    void a_draft_is_seen_and_tried_without_being_kept(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        page.locator("#outcomeText").fill("Texte à l'essai ${x} <script>alert(1)</script>");
        page.locator("#template").selectOption("Accusé de traitement de réservations");
        agents.button("Afficher l’aperçu").click();
        assertThat(page.locator(".bo-mail-own")).containsText("Texte à l'essai ${x} <script>alert(1)</script>");
        assertThat(page.locator(".bo-mail")).containsText("2 de vos demandes ont été traitées");
        assertThat(page.locator("#live")).containsText("L’aperçu est à jour");
        assertThat(agents.button("Afficher l’aperçu")).isFocused();
        agents.hasNoAccessibilityViolation();

        agents.button("Envoyez-moi un essai").click();
        assertThat(page.locator("body")).containsText("Un essai part à l’adresse " + town.admin());
        assertThat(page.locator("#live")).containsText("Un essai part à l’adresse " + town.admin());
        assertThat(agents.button("Envoyez-moi un essai")).isFocused();
        List<CaughtMails.Mail> mails = TestInstance.get().mails().await(town.admin(), 2, Duration.ofMinutes(3));
        Assertions.assertThat(mails.get(mails.size() - 1).text()).contains("Texte à l'essai ${x} <script>");
        Assertions.assertThat(mails.get(mails.size() - 1).html().orElseThrow()).doesNotContain("<script>alert");
        Assertions.assertThat(town.value("select outcome_text from app.town where id = ?", town.id()))
                .isNull();
    }

    @Test
    void a_trial_of_what_could_not_be_saved_is_refused_at_its_field_and_nothing_typed_is_lost(Page page)
            throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        page.locator("#outcomeText").fill("Texte à l'essai");
        page.locator("#hours").fill("7:45");
        page.locator("#serviceEmail").fill("pas une adresse");
        agents.button("Envoyez-moi un essai").click();
        assertThat(page.locator("#serviceEmail-error")).containsText("pas valable");
        assertThat(page.locator("#serviceEmail")).hasValue("pas une adresse");
        assertThat(page.locator("#outcomeText")).hasValue("Texte à l'essai");
        assertThat(page.locator("#hours")).hasValue("7:45");
        Assertions.assertThat(notices(town)).isZero();
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "notifications-refused");

        page.locator("#serviceEmail").fill("enfance@ville.example");
        agents.button("Envoyez-moi un essai").click();
        assertThat(page.locator(".pf-messages")).containsText("Un essai part à l’adresse " + town.admin());
        assertThat(page.locator("#hours")).hasValue("7:45");
        Assertions.assertThat(notices(town)).isOne();
    }

    @Test
    void addresses_that_fail_are_seen_by_agents_and_by_the_family_who_says_they_work(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        String parent = town.citizen();
        mark(town, parent);
        mark(town, "autre@famille.example");
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        assertThat(page.locator("#addresses")).containsText(parent);
        assertThat(page.locator("#addresses")).containsText("PARENT Inès");
        agents.hasNoAccessibilityViolation();
        page.locator("#receiptText").fill("Pas encore enregistré");
        agents.button("Fonctionne de nouveau " + parent).dblclick();
        assertThat(addressRow(page, parent)).containsText("De nouveau valable");
        assertThat(addressRow(page, "autre@famille.example")).containsText("Fonctionne de nouveau");
        assertThat(page.locator("#undeliveredTitle")).hasText("Adresses qui ne répondent plus (1)");
        assertThat(page.locator("#undeliveredTitle")).isFocused();
        assertThat(page.locator("#live")).containsText("L’adresse " + parent + " est de nouveau");
        assertThat(page.locator("#receiptText")).hasValue("Pas encore enregistré");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "undelivered");
        page.setViewportSize(320, 640);
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
        page.setViewportSize(1280, 900);
        Assertions.assertThat(
                        town.value("select address_key from app.undelivered_address where town_id = ?", town.id()))
                .isEqualTo("autre@famille.example");
        agents.button("Fonctionne de nouveau autre@famille.example").click();
        assertThat(page.locator("#undeliveredTitle")).hasText("Adresses qui ne répondent plus (0)");
        page.navigate(town.url("notifications"));
        assertThat(page.locator("#addresses")).containsText("Aucun message n’est revenu.");

        mark(town, parent);
        page.navigate(town.portalUrl("connexion"));
        page.locator("#email").fill(parent);
        page.locator("#password").fill(BackofficeTown.PASSWORD);
        agents.button("Se connecter").click();
        assertThat(page.locator("main")).containsText("Votre adresse ne répond plus");
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "silent-address");
        agents.button("Mon adresse fonctionne").click();
        assertThat(page.locator("main")).not().containsText("Votre adresse ne répond plus");
        Assertions.assertThat(town.value("select count(*) from app.undelivered_address where town_id = ?", town.id()))
                .isEqualTo(0L);
    }

    @Test
    @Tag("P3")
    void whoever_signs_in_on_the_way_to_another_page_learns_that_mail_comes_back_too(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        String parent = town.citizen();
        mark(town, parent);
        page.navigate(town.portalUrl("mon-espace/mes-demandes"));
        page.locator("#email").fill(parent);
        page.locator("#password").fill(BackofficeTown.PASSWORD);
        AgentPages pages = new AgentPages(page, town);
        pages.button("Se connecter").click();
        assertThat(page.locator("h1")).containsText("Mes demandes");
        assertThat(page.locator(".pf-notice"))
                .containsText("Votre adresse ne répond plus : des messages envoyés à " + parent);
        pages.hasNoAccessibilityViolation();
        Screens.keep(page, "silent-address-elsewhere");
        page.reload();
        assertThat(page.locator(".pf-notice")).hasCount(0);
    }

    @Test
    @Tag("B6")
    void a_request_shows_what_was_sent_and_sends_it_again_once(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        town.update(
                "insert into notice (town_id, id, template, recipient, subject, message_id, state, attempts, last_error, created_at, request_id)"
                        + " values (?, 1, 'ACKNOWLEDGEMENT', 'parent30@famille.example', 'Accusé d''enregistrement électronique',"
                        + " '<a@b>', 'FAILED', 2, '550 5.1.1 No such mailbox', '2026-10-02T14:00Z', 30)",
                town.id());
        agents.open("demandes");
        agents.see(0);
        assertThat(agents.panel()).containsText("Messages envoyés (1)");
        assertThat(agents.panel()).containsText("parent30@famille.example");
        assertThat(agents.panel()).containsText("Non remis");
        assertThat(agents.panel()).containsText("550 5.1.1 No such mailbox");
        assertThat(agents.panel()).containsText("2 essais");
        // What it was filled with is gone: it cannot be sent again.
        assertThat(agents.panel().getByText("Renvoyer")).hasCount(0);
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "request-notices");

        town.update(
                "update notice set state = 'DECLINED', attempts = 0, last_error = 'La famille ne souhaite pas recevoir d''e-mails'"
                        + " where town_id = ? and request_id = 30",
                town.id());
        page.keyboard().press("Escape");
        assertThat(agents.panel()).hasCount(0);
        agents.see(0);
        assertThat(agents.panel()).containsText("Non souhaité");
        assertThat(agents.panel()).not().containsText(Pattern.compile("essais?\\b|essayé"));
    }

    /** The button works by script as by mouse: the second click of each pair gets past what the page itself holds back. */
    @Test
    void a_double_click_sends_one_trial_and_repeats_one_message(Page page) throws Exception {
        BackofficeTown town = BackofficeTown.peopled();
        AgentPages agents = new AgentPages(page, town);
        agents.open("notifications");
        clickTwice(page, agents.button("Envoyez-moi un essai"));
        assertThat(page.locator("body")).containsText("Un essai part à l’adresse " + town.admin());
        Assertions.assertThat(notices(town)).isOne();
        // The next one is an act of its own.
        agents.button("Envoyez-moi un essai").dblclick();
        page.waitForCondition(() -> notices(town) == 2);

        town.update(
                "update notice set request_id = 30, state = 'SENT', sent_at = created_at, next_attempt_at = null"
                        + " where town_id = ? and template = 'ACKNOWLEDGEMENT'",
                town.id());
        page.navigate(town.url("demandes"));
        agents.see(0);
        assertThat(agents.panel()).containsText("Messages envoyés (2)");
        clickTwice(page, page.getByText("Renvoyer").first());
        assertThat(agents.panel()).containsText("Messages envoyés (3)");
        assertThat(page.locator(".pf-messages")).containsText("Le message repart à l’adresse " + town.admin());
        assertThat(page.locator("#live")).containsText("Le message repart à l’adresse " + town.admin());
        agents.hasNoAccessibilityViolation();
        Screens.keep(page, "request-repeats");
        Assertions.assertThat(notices(town)).isEqualTo(3);
        Assertions.assertThat(town.value(
                        "select repeats = (select min(id) from app.notice where town_id = n.town_id and request_id = 30) from app.notice n"
                                + " where town_id = ? and repeats is not null",
                        town.id()))
                .isEqualTo(true);
    }

    /** Two clicks before any answer, both of which are asked of the server. */
    private static void clickTwice(Page page, Locator button) {
        AtomicInteger answers = new AtomicInteger();
        Consumer<Response> counting = response -> {
            if (response.request().method().equals("POST")) {
                answers.incrementAndGet();
            }
        };
        page.onResponse(counting);
        button.evaluate("button => { button.click(); button.removeAttribute('aria-busy'); button.click(); }");
        page.waitForCondition(() -> answers.get() == 2);
        page.offResponse(counting);
        assertThat(page.locator("body.is-busy")).hasCount(0);
    }

    private static long notices(BackofficeTown town) {
        try {
            return (long) town.value(
                    "select count(*) from app.notice where town_id = ? and template = 'ACKNOWLEDGEMENT'", town.id());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Locator addressRow(Page page, String address) {
        return page.locator("#addresses tbody tr").filter(new Locator.FilterOptions().setHasText(address));
    }

    private static void mark(BackofficeTown town, String address) throws Exception {
        town.update(
                "insert into undelivered_address (town_id, address_key, reason, since, last_at) values (?, ?, '550 5.1.1 unknown', now(), now())",
                town.id(),
                address);
    }
}
