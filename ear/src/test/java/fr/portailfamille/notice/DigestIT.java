package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.notice.digest.DigestResult;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("container")
@Tag("P11")
@ExtendWith(ArquillianExtension.class)
@Timeout(90)
class DigestIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Inject
    private UserTransaction transaction;

    @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
    private ManagedThreadFactory threads;

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk desk;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    private NoticeTown town;
    private Instant now;

    @BeforeEach
    void openTown() throws SQLException {
        town = new NoticeTown(owner, vaults);
        now = clock.instant();
    }

    @Test
    void one_mail_per_family_holds_all_its_decisions_of_the_window() throws Exception {
        decided(3, 4, now.minusSeconds(60));
        DigestResult digest = close(now);
        assertThat(digest.accounts()).isEqualTo(3);
        assertThat(digest.decisions()).isEqualTo(12);
        NoticeIT.await(() -> town.count("notice where template = 'DIGEST' and state = 'SENT'") == 3);
        assertThat(town.count("notice where window_ends_at is not null")).isEqualTo(3);
        assertThat(town.count("processing_run where type = 'DIGEST' and received = 12 and result = 'DONE'"))
                .isOne();
    }

    @Test
    void two_runs_at_once_tell_each_decision_once() throws Exception {
        decided(20, 5, now.minusSeconds(60));
        town.close(now);
        int runs = 6;
        CyclicBarrier start = new CyclicBarrier(runs);
        List<Future<DigestResult>> results = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            boolean outOfTurn = i % 3 == 0;
            FutureTask<DigestResult> run = new FutureTask<>(() -> {
                start.await();
                return outOfTurn ? sendNow() : tell(now);
            });
            threads.newThread(run).start();
            results.add(run);
        }
        int told = 0;
        for (Future<DigestResult> result : results) {
            told += result.get().decisions();
        }
        assertThat(told).isEqualTo(100);
        assertThat(town.count("decision_told")).isEqualTo(100);
        assertThat(town.count("notice")).isEqualTo(20);
    }

    @Test
    void what_was_recorded_and_told_can_neither_be_changed_nor_told_again() throws Exception {
        decided(2, 3, now.minusSeconds(60));
        close(now);
        String window = "insert into digest_window (town_id, begins_at, ends_at, forced, closed_at) values ("
                + town.id() + ", '-infinity', now(), false, now())";
        transaction.begin();
        try (Connection connection = portal.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('portal.town', '" + town.id() + "', true)");
            for (String table : List.of("decision", "booking_change")) {
                for (String act : List.of("delete from ", "update ")) {
                    String rest = act.equals("update ") ? " set recorded_at = now()" : "";
                    assertThat(refusal(statement, act + table + rest)).contains("permission denied");
                }
                assertThat(refusal(
                                statement,
                                "insert into " + table + " (town_id, id, recorded_at) values (" + town.id() + ", -1, '"
                                        + now + "')"))
                        .as("into the window that is closed")
                        .contains("row-level security");
            }
            for (String act :
                    List.of(window, "delete from digest_window", "update digest_window set ends_at = now()")) {
                assertThat(refusal(statement, act)).as(act).contains("permission denied");
            }
            assertThat(statement.executeUpdate("update digest_window set told_at = null"))
                    .as("told, out of reach for everything that serves families")
                    .isZero();
        } finally {
            transaction.rollback();
        }
        assertThat(tell(now).decisions()).isZero();
        assertThat(town.count("notice")).isEqualTo(2);
    }

    private static String refusal(Statement statement, String sql) throws SQLException {
        statement.execute("savepoint before");
        try {
            statement.execute(sql);
            return "none";
        } catch (SQLException e) {
            return e.getMessage();
        } finally {
            statement.execute("rollback to savepoint before");
        }
    }

    @Test
    void a_window_is_half_open_and_a_late_commit_goes_into_the_next() throws Exception {
        Instant end = Instant.parse("2026-11-19T12:00:00Z");
        long account = town.account("anne@avis.invalid");
        long first = town.request(account, 1);
        town.decide(account, first, 1, end);
        long second = town.request(account, 2);
        town.decide(account, second, 2, end.plusNanos(1000));
        assertThat(close(end).decisions()).isOne();
        assertThat(close(end).decisions()).isZero();

        // It began before the end of the window that is closed by now.
        long late = town.request(account, 1);
        town.decide(account, late, 1, end.minusSeconds(1));
        assertThat(close(end.plus(Duration.ofHours(5))).decisions()).isEqualTo(3);
        assertThat(town.count("decision_told")).isEqualTo(4);
        assertThat(town.count("decision where recorded_at <= '" + end + "'")).isOne();
    }

    @Test
    void a_window_stays_open_as_long_as_somebody_records_into_it() throws Exception {
        long account = town.account("anne@avis.invalid");
        long request = town.request(account, 2);
        town.behindTheWall(recording -> {
            town.decide(recording, account, request, 2, now.minusSeconds(1));
            assertThat(town.close(now))
                    .as("others need not wait for it any longer")
                    .isFalse();
        });
        assertThat(close(now).decisions()).as("committed late, and told").isEqualTo(2);
    }

    @Test
    void who_records_while_a_window_is_being_closed_records_into_the_next() throws Exception {
        long account = town.account("anne@avis.invalid");
        long request = town.request(account, 2);
        FutureTask<Void> recording = new FutureTask<>(() -> {
            town.decide(account, request, 2, now.minusSeconds(1));
            return null;
        });
        town.behindTheWall(closing -> {
            assertThat(town.close(closing, now)).isTrue();
            threads.newThread(recording).start();
            NoticeIT.await(() -> waiting() == 1);
        });
        recording.get();
        assertThat(tell(now).decisions()).isZero();
        assertThat(town.count("decision where recorded_at > '" + now + "'")).isEqualTo(2);
        assertThat(sendNow().decisions()).isEqualTo(2);
    }

    private long waiting() throws SQLException {
        return town.countOfAll("pg_locks where locktype = 'advisory' and objid = " + town.id() + " and not granted");
    }

    @Test
    void nothing_to_say_sends_nothing() throws Exception {
        assertThat(sendNow()).satisfies(digest -> {
            assertThat(digest.accounts()).isZero();
            assertThat(digest.decisions()).isZero();
        });
        assertThat(town.count("notice")).isZero();
        assertThat(town.count("processing_run")).isZero();
    }

    @Test
    void the_job_runs_by_itself_once_a_window_has_ended() throws Exception {
        NoticeTown scheduled = new NoticeTown(owner, vaults, "13:00", "18:00");
        long account = scheduled.account("anne@avis.invalid");
        scheduled.decide(account, scheduled.request(account, 11), 11, now.minus(Duration.ofDays(2)));
        NoticeIT.await(() -> scheduled.count("notice where template = 'DIGEST' and state = 'SENT'") == 1);
        assertThat(scheduled.count("digest_window where not forced and decisions = 11"))
                .isOne();
    }

    @Test
    void what_a_server_closed_and_did_not_tell_is_told_by_another() throws Exception {
        NoticeTown scheduled = new NoticeTown(owner, vaults, "13:00", "18:00");
        long account = scheduled.account("anne@avis.invalid");
        Instant ended = now.minus(Duration.ofDays(2));
        scheduled.decide(account, scheduled.request(account, 7), 7, ended.minusSeconds(1));
        scheduled.close(ended);
        NoticeIT.await(() -> scheduled.count("notice where template = 'DIGEST' and state = 'SENT'") == 1);
        assertThat(scheduled.count("digest_window where decisions = 7 and told_at is not null"))
                .isOne();
    }

    private void decided(int accounts, int lines, Instant recorded) throws Exception {
        for (int i = 0; i < accounts; i++) {
            long account = town.account("parent" + i + "@avis.invalid");
            town.decide(account, town.request(account, lines), lines, recorded);
        }
    }

    private DigestResult close(Instant end) throws Exception {
        assertThat(town.close(end)).isTrue();
        return tell(end);
    }

    private DigestResult tell(Instant end) {
        return gate.inTown(town.id(), () -> desk.tell(end));
    }

    private DigestResult sendNow() {
        return gate.inTown(town.id(), () -> desk.tell(desk.closeNow().orElseThrow()));
    }
}
