package fr.portailfamille.notice;

import static fr.portailfamille.notice.NoticeIT.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.common.PortalClock;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestRef;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Short messages beside a notice, with a gateway of ours. */
@Tag("container")
@Tag("P11")
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class SmsIT {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

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

    @EJB
    private TextMessageJournal journal;

    @EJB
    private TextMessageDesk desk;

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk digests;

    @Inject
    private PortalClock portalClock;

    @Inject
    private Clock clock;

    private SmsStub gateway;
    private NoticeTown town;
    private BoundTransaction inTown;
    private String phone;
    private long account;

    @BeforeEach
    void opens() throws Exception {
        gateway = new SmsStub();
        town = town(true);
        inTown = new BoundTransaction(transaction, registry, portal, town.id());
        phone = "+3361234%04d".formatted(NUMBERS.incrementAndGet());
        account = account("anne@sms.invalid", phone, true);
    }

    private NoticeTown town(boolean sms) throws SQLException {
        NoticeTown opened = new NoticeTown(owner, vaults);
        if (sms) {
            opened.run("insert into notice_settings (town_id, sms) values (?, true)");
        }
        return opened;
    }

    private long account(String email, String mobile, boolean acceptsSms) throws SQLException {
        long made = town.account(email);
        town.guardian(made, email, false);
        town.run("update individual set mobile = '" + mobile + "', accepts_sms = " + acceptsSms + " where email = '"
                + email + "' and town_id = ?");
        return made;
    }

    @AfterEach
    void closes() {
        gateway.close();
        portalClock.reset();
    }

    private static Posting digest(long to) {
        return new Posting(MailTemplate.DIGEST, "anne@sms.invalid", Map.of("lines", List.of()), null, to);
    }

    private void queue(Posting... postings) throws Exception {
        inTown.commit(() -> outbox.queue(List.of(postings)));
    }

    private void awaitState(String state) throws Exception {
        await(() -> state.equals(town.value("select state from text_message")));
    }

    @Test
    void who_accepts_sms_is_told_that_there_is_news_and_where() throws Exception {
        inTown.rollBack(() -> outbox.queue(List.of(digest(account))));
        assertThat(town.count("text_message")).isZero();

        queue(digest(account));
        awaitState("SENT");
        assertThat(gateway.taken(phone)).singleElement().satisfies(sms -> {
            assertThat(sms.text())
                    .startsWith("Ville des avis : du nouveau sur vos réservations et absences. Le détail : http")
                    .endsWith("/portail/" + town.code() + "/mon-espace/mes-demandes")
                    .doesNotContain("Léo", "PETIT");
            assertThat(sms.key()).isEqualTo(String.valueOf(town.value("select key from text_message")));
        });
        assertThat(town.values("select attempts from text_message")).containsExactly(1);
        assertThat(town.count("work_due where kind = 'SMS'")).isZero();
        // The e-mail was not wanted: each wish stands for itself.
        assertThat(town.value("select state from notice")).isEqualTo("DECLINED");
    }

    @Test
    void an_outcome_names_the_request_and_its_receipt_sends_none() throws Exception {
        long request = town.change(account, "ADDRESS_CHANGE");
        Map<String, Object> model = Map.of(
                "type",
                "ADDRESS_CHANGE",
                "reference",
                "2026-AB12",
                "submittedAt",
                clock.instant(),
                "decidedAt",
                clock.instant(),
                "outcome",
                "ACCEPTED",
                "answer",
                "");
        queue(new Posting(MailTemplate.RECEIPT, "anne@sms.invalid", model, request, account));
        queue(new Posting(MailTemplate.OUTCOME, "anne@sms.invalid", model, request, account));
        awaitState("SENT");
        assertThat(gateway.taken(phone))
                .extracting(SmsStub.Taken::text)
                .singleElement()
                .asString()
                .contains("votre demande 2026-AB12 a été traitée");
    }

    @Test
    void nobody_else_is_told() throws Exception {
        long declining = account("paul@sms.invalid", "0612345678", false);
        long landline = account("zoe@sms.invalid", "01 23 45 67 89", true);
        long unknown = town.account("nobody@sms.invalid");
        queue(digest(declining), digest(landline), digest(unknown));
        NoticeTown silent = town(false);
        new BoundTransaction(transaction, registry, portal, silent.id())
                .commit(() -> outbox.queue(List.of(new Posting(
                        MailTemplate.DIGEST,
                        "a@sms.invalid",
                        Map.of("lines", List.of()),
                        null,
                        silent.account("a@sms.invalid")))));
        assertThat(town.count("text_message")).isZero();
        assertThat(silent.count("text_message")).isZero();
    }

    @Test
    void a_gateway_that_is_busy_or_hangs_up_is_asked_again_with_the_same_key() throws Exception {
        gateway.answers(phone, 503, SmsStub.HANGS_UP);
        queue(digest(account));
        await(() -> town.count("text_message where attempts = 1 and state = 'QUEUED'") == 1);
        assertThat((String) town.value("select last_error from text_message")).startsWith("HTTP 503");
        portalClock.startAt(clock.instant().plus(Duration.ofMinutes(1)));
        await(() -> town.count("text_message where attempts >= 2") == 1);
        portalClock.startAt(clock.instant().plus(Duration.ofMinutes(10)));
        awaitState("SENT");
        assertThat(gateway.taken(phone)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(gateway.taken(phone))
                .extracting(SmsStub.Taken::key)
                .containsOnly(String.valueOf(town.value("select key from text_message")));
        assertThat(town.value("select last_error from text_message")).isNull();
    }

    @Test
    void a_number_that_is_refused_is_given_up_with_the_reason() throws Exception {
        gateway.answers(phone, 422);
        queue(digest(account));
        awaitState("FAILED");
        assertThat(town.value("select last_error from text_message")).isEqualTo("HTTP 422");
        assertThat(town.count("work_due where kind = 'SMS'")).isZero();
        assertThat(gateway.taken(phone)).hasSize(1);
    }

    @Test
    void messages_outlast_a_gateway_that_is_away_or_wants_another_token_and_count_no_try() throws Exception {
        gateway.close();
        queue(digest(account));
        await(() -> town.count("text_message where attempts = 0 and last_error is not null") == 1);
        gateway = new SmsStub();
        gateway.answers(phone, 401);
        await(() -> town.count("text_message where attempts = 0 and last_error like 'HTTP 401%'") == 1);
        awaitState("SENT");
        assertThat(town.value("select attempts from text_message")).isEqualTo(1);
    }

    @Test
    @Tag("B6")
    @Tag("B7")
    void agents_of_the_town_see_what_went_beside_a_request_s_messages_and_switch_it_off() throws Exception {
        long request = town.request(account, 1);
        town.decide(account, request, 1, clock.instant().minusSeconds(60));
        gate.inTown(town.id(), () -> digests.tell(digests.closeNow().orElseThrow()));
        awaitState("SENT");
        RequestRef ref = new RequestRef((String) town.value("select ref from request"));
        assertThat(TestCaller.agent(town.id(), 1, "MENU_DEMANDES").call(() -> journal.ofRequest(ref)))
                .singleElement()
                .satisfies(sms -> {
                    assertThat(sms.phone()).isEqualTo(phone);
                    assertThat(sms.state()).isEqualTo(NoticeState.SENT);
                });
        NoticeTown other = town(true);
        assertThat(TestCaller.agent(other.id(), 1, "MENU_DEMANDES").call(() -> journal.ofRequest(ref)))
                .isEmpty();
        assertThatThrownBy(() -> TestCaller.family(town.id(), account).call(() -> journal.ofRequest(ref)))
                .isInstanceOf(EJBAccessException.class);

        TestCaller.agent(town.id(), 1, "MENU_NOTIFICATIONS").call(() -> {
            desk.turn(false);
            desk.turn(false);
            return null;
        });
        assertThat(town.value("select sms from notice_settings")).isEqualTo(false);
        assertThat(other.value("select sms from notice_settings")).isEqualTo(true);
        assertThat(town.count("change_log where field = 'sms'")).isOne();
        queue(digest(account));
        assertThat(town.count("text_message")).isOne();
    }
}
