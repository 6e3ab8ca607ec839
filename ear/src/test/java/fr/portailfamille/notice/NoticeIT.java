package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.PortalClock;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.container.InstanceMails;
import fr.portailfamille.launcher.CaughtMails;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestDecided;
import fr.portailfamille.request.RequestSubmitted;
import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("container")
@Tag("P11")
@ExtendWith(ArquillianExtension.class)
@Timeout(60)
class NoticeIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/UserTransaction")
    private UserTransaction transaction;

    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    @Inject
    private TownVaults vaults;

    @Inject
    private Outbox outbox;

    @Inject
    private Event<RequestSubmitted> submitted;

    @Inject
    private Event<RequestDecided> decided;

    @Inject
    private PortalClock portalClock;

    @Inject
    private Clock clock;

    private NoticeTown town;
    private BoundTransaction inTown;

    @BeforeEach
    void openTown() throws SQLException {
        town = new NoticeTown(owner, vaults);
        inTown = new BoundTransaction(transaction, registry, portal, town.id());
    }

    @AfterEach
    void setClockRight() {
        portalClock.reset();
    }

    @Test
    void a_notice_leaves_once_its_transaction_has_committed() throws Exception {
        inTown.commit(() -> {
            queue(MailTemplate.ACTIVATION, "anne@avis.invalid");
            assertThat(town.count("notice")).isZero();
        });
        awaitState("SENT");
        assertThat(town.value("select attempts from notice")).isEqualTo(1);
        assertThat(town.count("work_due")).isZero();
        assertThat((String) town.value("select message_id from notice"))
                .matches("<[0-9a-f-]{36}\\.t" + town.id() + "@.+>");
    }

    @Test
    void a_transaction_that_is_rolled_back_sends_nothing() throws Exception {
        inTown.rollBack(() -> queue(MailTemplate.ACTIVATION, "anne@avis.invalid"));
        assertThat(town.count("notice")).isZero();
        assertThat(town.count("work_due")).isZero();
    }

    @Test
    void what_opens_an_account_is_never_stored_in_clear_and_erased_once_sent() throws Exception {
        inTown.commit(() -> {
            long id = queue(MailTemplate.PASSWORD_RESET, "anne@avis.invalid");
            queue(MailTemplate.NEW_SUBSCRIBER, "anne@avis.invalid");
            assertThat(id).isPositive();
        });
        awaitSent(2);
        assertThat(town.count("notice where template = 'PASSWORD_RESET' and model_enc is null"))
                .isOne();
        byte[] kept = (byte[]) town.value("select model_enc from notice where template = 'NEW_SUBSCRIBER'");
        assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("PETIT");
    }

    @Test
    void a_final_refusal_is_kept_with_the_server_s_words() throws Exception {
        inTown.commit(() -> queue(MailTemplate.ACTIVATION, "refuse-" + town.code() + "@avis.invalid"));
        awaitState("FAILED");
        assertThat((String) town.value("select last_error from notice")).startsWith("550 5.1.1 No such mailbox");
        assertThat(town.count("work_due")).isZero();
        assertThat(town.value("select model_enc from notice")).isNull();
    }

    @Test
    void a_temporary_refusal_is_tried_again_later_under_the_same_message_id() throws Exception {
        inTown.commit(() -> queue(MailTemplate.ACTIVATION, "later-" + town.code() + "@avis.invalid"));
        await(() -> town.count("notice where attempts = 1") == 1);
        Object messageId = town.value("select message_id from notice");
        assertThat(town.value("select state from notice")).isEqualTo("QUEUED");
        assertThat((String) town.value("select last_error from notice")).startsWith("451");
        assertThat(((Timestamp) town.value("select next_attempt_at from notice")).toInstant())
                .isBetween(clock.instant().plusSeconds(10), clock.instant().plusSeconds(40));

        portalClock.startAt(clock.instant().plus(Duration.ofMinutes(1)));
        awaitState("SENT");
        assertThat(town.value("select attempts from notice")).isEqualTo(2);
        assertThat(town.value("select message_id from notice")).isEqualTo(messageId);
        assertThat(town.value("select last_error from notice")).isNull();
    }

    @Test
    void an_address_that_is_none_fails_at_once_and_the_act_goes_on() throws Exception {
        inTown.commit(() -> queue(MailTemplate.ACTIVATION, "anne@avis.invalid\r\nBcc: spy@avis.invalid"));
        assertThat(town.value("select state from notice")).isEqualTo("FAILED");
        assertThat(town.value("select last_error from notice")).isEqualTo("Adresse e-mail mal formée");
        assertThat(town.count("work_due")).isZero();
    }

    @Test
    void a_template_that_only_a_newer_version_knows_holds_up_nothing_and_is_kept_for_it() throws Exception {
        inTown.commit(() -> {
            long newer = queue(MailTemplate.NEW_SUBSCRIBER, "anne@avis.invalid");
            queue(MailTemplate.ACTIVATION, "paul@avis.invalid");
            try (Connection connection = portal.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update notice set template = 'FROM_A_NEWER_VERSION' where id = " + newer);
            }
        });
        await(() -> town.count("notice where template = 'ACTIVATION' and state = 'SENT'") == 1);
        assertThat(town.count("notice where template = 'FROM_A_NEWER_VERSION' and state = 'QUEUED'"))
                .isOne();
        await(() -> town.count("work_due") == 1);
    }

    @Test
    void a_request_is_acknowledged_in_one_mail_in_its_own_transaction() throws Exception {
        long account = town.account("anne@avis.invalid");
        long request = town.request(account, 10);
        inTown.rollBack(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        assertThat(town.count("notice")).isZero();

        inTown.commit(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        awaitState("SENT");
        assertThat(town.count("notice where template = 'ACKNOWLEDGEMENT' and request_id = " + request
                        + " and account_id = " + account + " and recipient = 'anne@avis.invalid'"))
                .isOne();
    }

    @Test
    void any_other_request_gets_its_receipt_and_its_outcome_at_once() throws Exception {
        long account = town.account("anne@avis.invalid");
        long request = town.change(account, "ADDRESS_CHANGE");
        inTown.commit(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        await(() ->
                town.count("notice where template = 'RECEIPT' and state = 'SENT' and request_id = " + request) == 1);

        // Nothing is decided yet: whoever fires for a part says nothing.
        inTown.commit(() -> decided.fire(new RequestDecided(town.id(), request)));
        town.decideWhole(request, "REFUSED", "Il manque un justificatif");
        inTown.rollBack(() -> decided.fire(new RequestDecided(town.id(), request)));
        inTown.commit(() -> decided.fire(new RequestDecided(town.id(), request)));
        await(() ->
                town.count("notice where template = 'OUTCOME' and state = 'SENT' and request_id = " + request) == 1);
        assertThat(town.count("notice")).isEqualTo(2);
    }

    @Test
    void what_families_and_agents_wrote_arrives_as_they_wrote_it() throws Exception {
        String address = "anne-" + town.code() + "@avis.invalid";
        long account = town.account(address);
        town.run("update citizen_account set first_name = '<b>Anne</b> 🦊', last_name = 'نور الهدى & \u200FPETIT'"
                + " where town_id = ?");
        long request = town.change(account, "ADDRESS_CHANGE");
        String quoted = "=".repeat(1500);
        town.decideWhole(
                request,
                "REFUSED",
                "Il manque « " + quoted
                        + " » ; 1 < 2\n.\n\n<script>alert('é')</script> ${town.name} 👩\u200D👩\u200D👧");
        inTown.commit(() -> decided.fire(new RequestDecided(town.id(), request)));

        CaughtMails.Mail mail =
                InstanceMails.caught().await(address, 1, Duration.ofSeconds(30)).get(0);
        assertThat(mail.text().lines())
                .contains(
                        "Bonjour Mme <b>Anne</b> 🦊 نور الهدى & \u200FPETIT,",
                        "Il manque « " + quoted + " » ; 1 < 2",
                        ".",
                        "<script>alert('é')</script> ${town.name} 👩\u200D👩\u200D👧");
        assertThat(mail.html().orElseThrow())
                .contains(
                        ">Bonjour Mme &lt;b&gt;Anne&lt;/b&gt; 🦊 نور الهدى &amp; \u200FPETIT,<",
                        ">Il manque « " + quoted + " » ; 1 &lt; 2<br>.<",
                        ">&lt;script&gt;alert(&#39;é&#39;)&lt;/script&gt; ${town.name} 👩\u200D👩\u200D👧<")
                .doesNotContain("<b>", "<script");
    }

    @Test
    void nothing_is_told_of_a_request_of_another_town() throws Exception {
        NoticeTown other = new NoticeTown(owner, vaults);
        long request = other.change(other.account("anne@avis.invalid"), "ADDRESS_CHANGE");
        other.decideWhole(request, "ACCEPTED", null);
        inTown.commit(() -> {
            submitted.fire(new RequestSubmitted(town.id(), request));
            decided.fire(new RequestDecided(town.id(), request));
        });
        assertThat(town.count("notice")).isZero();
        assertThat(other.count("notice")).isZero();
    }

    @Test
    void who_accepts_no_e_mails_is_spared_the_digest_and_gets_the_receipt() throws Exception {
        long account = town.account("anne@avis.invalid");
        town.guardian(account, "Anne@Avis.invalid", false);
        inTown.commit(() -> outbox.queue(List.of(
                posting(MailTemplate.DIGEST, account, Map.of("lines", List.of())),
                posting(
                        MailTemplate.RECEIPT,
                        account,
                        Map.of("type", "NURSERY", "reference", "2026-X", "submittedAt", clock.instant())))));
        await(() -> town.count("notice where template = 'RECEIPT' and state = 'SENT'") == 1);
        assertThat(town.count("notice where template = 'DIGEST' and state = 'DECLINED' and model_enc is not null"))
                .isOne();
        assertThat(town.count("work_due")).isZero();
    }

    @Test
    void who_accepts_no_e_mails_is_not_promised_the_digest_in_the_acknowledgement() throws Exception {
        long account = town.account("anne@avis.invalid");
        long request = town.request(account, 1);
        inTown.commit(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        assertThat(modelOfTheLast()).contains("\"later\":true");
        town.guardian(account, "anne@avis.invalid", false);
        inTown.commit(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        assertThat(modelOfTheLast()).contains("\"later\":false");
    }

    private String modelOfTheLast() throws Exception {
        long id = (long) town.value("select max(id) from notice");
        byte[] model = (byte[]) town.value("select model_enc from notice where id = " + id);
        return new String(vaults.of(town.id()).decryptBytes(Notices.place(id), model), StandardCharsets.UTF_8);
    }

    @Test
    void who_accepts_them_in_one_of_two_families_gets_the_digest() throws Exception {
        long account = town.account("anne@avis.invalid");
        town.guardian(account, "anne@avis.invalid", false);
        town.guardian(account, "anne@avis.invalid", true);
        inTown.commit(() -> outbox.queue(List.of(posting(MailTemplate.DIGEST, account, Map.of("lines", List.of())))));
        awaitState("SENT");
    }

    @Test
    void an_address_that_is_finally_refused_is_marked_and_one_that_is_postponed_is_not() throws Exception {
        String refused = "Refuse-" + town.code() + "@avis.invalid";
        inTown.commit(() -> queue(MailTemplate.ACTIVATION, refused.toLowerCase(Locale.ROOT)));
        awaitState("FAILED");
        assertThat(town.value("select address_key from undelivered_address"))
                .isEqualTo(refused.toLowerCase(Locale.ROOT));
        assertThat((String) town.value("select reason from undelivered_address"))
                .startsWith("550 5.1.1");
        inTown.commit(() -> queue(MailTemplate.ACTIVATION, "later-" + town.code() + "@avis.invalid"));
        await(() -> town.count("notice where attempts = 1 and state = 'QUEUED'") == 1);
        assertThat(town.count("undelivered_address")).isOne();
    }

    private static Posting posting(MailTemplate template, long account, Map<String, Object> model) {
        return new Posting(template, "anne@avis.invalid", model, null, account);
    }

    private long queue(MailTemplate template, String to) {
        return outbox.queue(
                template,
                to,
                Map.of(
                        "civility",
                        "MME",
                        "lastName",
                        "PETIT",
                        "link",
                        "http://localhost/portail/x/activation?jeton=1"));
    }

    private void awaitState(String state) throws Exception {
        await(() -> state.equals(town.value("select state from notice")));
    }

    private void awaitSent(int count) throws Exception {
        await(() -> town.count("notice where state = 'SENT'") == count);
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /** Until it holds; the class's time-out ends a wait in vain. */
    static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            if (Thread.interrupted()) {
                throw new AssertionError("Waited in vain");
            }
        }
    }
}
