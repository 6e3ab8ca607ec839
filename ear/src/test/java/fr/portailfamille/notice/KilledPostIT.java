package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.mail.MailKills;
import fr.portailfamille.launcher.mail.MailSink;
import fr.portailfamille.launcher.mail.UntoldDecisions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The server ends without warning while it sends, and the mail server is away for hours: everybody gets their mail. On an
 * instance of its own, because it is killed and its clock is moved.
 */
@Tag("container")
@Tag("P11")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledPostIT {

    /** {@code -Dportail.seed=…} draws the same kills again. */
    private static final long SEED = Long.getLong("portail.seed", System.nanoTime());

    private static final Path FOLDER = Project.root().resolve("ear/target/killed-post");
    private static final Ports PORTS = Ports.free();
    private static final Random RANDOM = new Random(SEED);

    /** Less than the sender waits for an answer. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private static MailSink sink;
    private static Instance instance;
    private static UntoldDecisions town;

    @BeforeAll
    static void starts() throws SQLException {
        if (Files.exists(FOLDER)) {
            Instance.in(FOLDER).portsOfLastStart().build().discard();
        }
        sink = new MailSink();
        instance = server().build();
        instance.start();
        town = UntoldDecisions.openTown(instance, "coupure");
        // Its agent's, which would be counted with those that follow.
        await("state = 'SENT'", 1);
    }

    @AfterAll
    static void stops() {
        instance.stop();
        sink.close();
    }

    private static Instance.Builder server() {
        return Instance.in(FOLDER).ports(PORTS).heap("512m").mailServer("127.0.0.1", sink.port());
    }

    @Test
    @Order(0)
    void a_mail_ends_once_it_is_noted_that_those_before_it_left_over_whatever_line() throws Exception {
        int mails = 60;
        int before = sink.count();
        Queue<String> tooEarly = new ConcurrentLinkedQueue<>();
        for (int number = 2; number <= mails; number++) {
            int arriving = before + number;
            sink.beforeAnswer(arriving, () -> {
                List<MailSink.Taken> earlier = sink.taken().subList(before, arriving - 1);
                long unnoted = unnoted(earlier);
                if (unnoted > 0) {
                    tooEarly.add(unnoted + " of " + earlier.size());
                }
            });
        }
        town.add(mails, 2, Instant.now().minusSeconds(60));
        town.sendDigest();
        await("template = 'DIGEST' and state = 'SENT'", mails);
        assertThat(sink.count()).isEqualTo(before + mails);
        assertThat(sink.linesSoFar()).as("lines to the mail server").isGreaterThan(2);
        assertThat(tooEarly)
                .as("mails that ended before those before them were noted")
                .isEmpty();
    }

    private static long unnoted(List<MailSink.Taken> mails) {
        try (Connection owner = instance.connectAsOwner();
                PreparedStatement count = owner.prepareStatement("""
                        select count(*) from app.notice n
                          join app.work_due w on w.kind = 'NOTICE' and w.town_id = n.town_id and w.item_id = n.id
                         where n.message_id = any(?) and n.state = 'QUEUED' and w.done_at is null""")) {
            count.setArray(
                    1,
                    owner.createArrayOf(
                            "text",
                            mails.stream().map(MailSink.Taken::messageId).toArray()));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(1)
    void no_transaction_is_open_while_mails_wait_for_their_answers_over_several_lines() throws Exception {
        int mails = 60;
        int before = sink.count();
        long told = town.notices("template = 'DIGEST' and state = 'SENT'");
        Queue<List<String>> held = new ConcurrentLinkedQueue<>();
        List<Integer> looks = List.of(1, mails / 2, mails);
        looks.forEach(number -> sink.beforeAnswer(before + number, () -> held.add(heldTransactions())));
        town.add(mails, 2, Instant.now().minusSeconds(60));
        town.sendDigest();
        await("template = 'DIGEST' and state = 'SENT'", (int) told + mails);
        assertThat(held).hasSameSizeAs(looks).containsOnly(List.of());
    }

    /** Empty where there is a moment without any: those that are not held over the exchange end soon. */
    private static List<String> heldTransactions() {
        Instant end = Instant.now().plus(LONGEST_LOOK);
        try (Connection portal = instance.connectAsApplication()) {
            List<String> open = OpenTransactions.besides(portal);
            while (!open.isEmpty() && Instant.now().isBefore(end)) {
                Waiting.aMoment();
                open = OpenTransactions.besides(portal);
            }
            return open;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @RepeatedTest(2)
    @Order(2)
    void a_killed_server_loses_no_mail_and_repeats_one_at_most_under_its_message_id(RepetitionInfo kill)
            throws Exception {
        MailKills.Outcome outcome = new MailKills(instance, sink, town, RANDOM).kill();
        assertThat(outcome)
                .as("kill %d with -Dportail.seed=%d, log in %s", kill.getCurrentRepetition(), SEED, FOLDER)
                .matches(MailKills.Outcome::good);
    }

    @Test
    @Order(3)
    void mails_outlast_a_mail_server_that_is_away_for_hours_and_count_no_try() throws Exception {
        sink.close();
        int before = sink.count();
        town.add(5, 1, Instant.now().minusSeconds(60));
        town.sendDigest();
        await("state = 'QUEUED' and attempts = 0 and last_error is not null", 5);

        instance.stopServer();
        Instant later = Instant.now().plus(Duration.ofHours(7));
        instance = server().testClock(later).build();
        instance.startServer();
        await("state = 'QUEUED' and attempts = 0 and next_attempt_at > '" + later + "'", 5);
        assertThat(sink.count()).isEqualTo(before);

        sink.reopen();
        await("state = 'SENT' and attempts = 1 and sent_at > '" + later + "'", 5);
        assertThat(sink.taken().subList(before, sink.count()))
                .extracting(MailSink.Taken::to)
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    private static void await(String condition, int count) throws SQLException {
        Instant end = Instant.now().plus(Duration.ofMinutes(4));
        while (town.notices(condition) < count && Instant.now().isBefore(end)) {
            Waiting.aMoment();
        }
        assertThat(town.notices(condition)).as(condition).isEqualTo(count);
    }
}
