package fr.portailfamille.notice;

import static fr.portailfamille.notice.NoticeIT.await;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.PortalClock;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.container.InstanceMails;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.launcher.CaughtMails;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestRef;
import fr.portailfamille.request.RequestSubmitted;
import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mails that the mail server got whole without saying so: the line is lost, or nothing more is said. */
@Tag("container")
@Tag("P11")
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class UnansweredMailIT {

    /** Between a try and the look at what it left. */
    private static final Duration LEEWAY = Duration.ofSeconds(15);

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(30), Duration.ofMinutes(2));

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
    private NoticeJournal journal;

    @Inject
    private Event<RequestSubmitted> submitted;

    @Inject
    private PortalClock portalClock;

    @Inject
    private Clock clock;

    private CaughtMails mails;
    private NoticeTown town;
    private BoundTransaction inTown;

    @BeforeEach
    void openTown() throws SQLException {
        mails = InstanceMails.caught();
        town = new NoticeTown(owner, vaults);
        inTown = new BoundTransaction(transaction, registry, portal, town.id());
    }

    @AfterEach
    void setClockRight() throws SQLException {
        portalClock.reset();
        // Else a mail that is never answered would be tried again while other tests wait for theirs.
        town.run("delete from work_due where town_id = ?");
    }

    @Test
    void a_mail_whose_line_was_lost_at_its_end_is_tried_again_later_and_later_under_its_message_id() throws Exception {
        triesAgainLaterAndLater(
                "drop-" + town.code() + "@avis.invalid", "Le serveur de messagerie a coupé la connexion");
    }

    @Test
    void a_mail_whose_end_was_never_answered_is_tried_again_later_and_later_under_its_message_id() throws Exception {
        triesAgainLaterAndLater(
                "hang-" + town.code() + "@avis.invalid", "Le serveur de messagerie n'a pas répondu à temps");
    }

    private void triesAgainLaterAndLater(String address, String fault) throws Exception {
        long request = town.change(town.account(address), "ADDRESS_CHANGE");
        inTown.commit(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        int tries = 0;
        for (Duration pause : PAUSES) {
            int expected = ++tries;
            await(() -> shown(request).attempts() == expected);
            NoticeRow tried = shown(request);
            assertThat(tried.state()).isEqualTo(NoticeState.QUEUED);
            assertThat(tried.error()).isEqualTo(fault);
            Instant next = clock.instant().plus(pause);
            assertThat(tried.nextAt()).isBetween(next.minus(LEEWAY), next);
            assertThat(mails.to(address)).hasSize(tries);
            portalClock.startAt(tried.nextAt());
        }
        await(() -> shown(request).state() == NoticeState.SENT);
        assertThat(shown(request).attempts()).isEqualTo(tries + 1);
        assertThat(shown(request).error()).isNull();
        assertThat(shown(request).nextAt()).isNull();
        assertThat(mails.to(address))
                .extracting(UnansweredMailIT::messageId)
                .containsExactlyElementsOf(
                        Collections.nCopies(tries + 1, (String) town.value("select message_id from notice")));
    }

    private NoticeRow shown(long request) throws Exception {
        RequestRef ref = new RequestRef((String) town.value("select ref from request where id = " + request));
        return TestCaller.agent(town.id(), 1, "MENU_DEMANDES")
                .call(() -> journal.ofRequest(ref))
                .get(0);
    }

    private static String messageId(CaughtMails.Mail mail) {
        String name = "Message-ID:";
        return mail.headers().stream()
                .filter(header -> header.regionMatches(true, 0, name, 0, name.length()))
                .map(header -> header.substring(name.length()).strip())
                .findFirst()
                .orElse("none");
    }

    @Test
    void no_transaction_is_open_while_a_mail_waits_for_its_answer() throws Exception {
        String silent = "hang-" + town.code() + "@avis.invalid";
        inTown.commit(() -> {
            // Once it has left there is something to note: from there on a transaction would be held.
            queue("anne@avis.invalid");
            queue(silent);
        });
        await(() -> mails.to(silent).size() == 1);
        List<String> open = new ArrayList<>();
        // Those of others end soon.
        await(() -> {
            if (attempts(silent) == 0) {
                open.clear();
                open.addAll(openTransactions());
            }
            return open.isEmpty() || attempts(silent) > 0;
        });
        assertThat(open).as("open while the server was silent").isEmpty();
        assertThat(attempts(silent)).as("tries that are over").isZero();
        assertThat(town.count("work_due where done_at is not null"))
                .as("notes of the mail before it")
                .isOne();
    }

    @Test
    void a_transaction_that_is_held_is_seen() throws Exception {
        try (Connection held = portal.getConnection();
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("select 'held by the test'");
            assertThat(openTransactions()).contains("idle in transaction: select 'held by the test'");
            held.rollback();
            held.setAutoCommit(true);
        }
    }

    private List<String> openTransactions() throws SQLException {
        try (Connection connection = portal.getConnection()) {
            return OpenTransactions.besides(connection);
        }
    }

    private int attempts(String recipient) throws SQLException {
        return (int) town.value("select attempts from notice where recipient = '" + recipient + "'");
    }

    private void queue(String to) {
        outbox.queue(
                MailTemplate.ACTIVATION,
                to,
                Map.of(
                        "civility",
                        "MME",
                        "lastName",
                        "PETIT",
                        "link",
                        "http://localhost/portail/x/activation?jeton=1"));
    }
}
