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
        assertThat(town.count("digest where notice_id is not null")).isEqualTo(3);
        assertThat(town.count("processing_run where type = 'DIGEST' and received = 12 and result = 'DONE'"))
                .isOne();
    }

    @Test
    void two_runs_at_once_tell_each_decision_once() throws Exception {
        decided(20, 5, now.minusSeconds(60));
        int runs = 6;
        CyclicBarrier start = new CyclicBarrier(runs);
        List<Future<DigestResult>> results = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            boolean forced = i % 3 == 0;
            FutureTask<DigestResult> run = new FutureTask<>(() -> {
                start.await();
                return forced ? gate.inTown(town.id(), desk::sendNow) : close(now);
            });
            threads.newThread(run).start();
            results.add(run);
        }
        int told = 0;
        for (Future<DigestResult> result : results) {
            told += result.get().decisions();
        }
        assertThat(told).isEqualTo(100);
        assertThat(town.count("decision where digest_id is not null")).isEqualTo(100);
        assertThat(town.count("notice")).isEqualTo(20);
        assertThat(town.count("decision where digest_id is null")).isZero();
    }

    @Test
    void what_a_digest_has_told_can_be_told_by_no_other() throws Exception {
        decided(2, 3, now.minusSeconds(60));
        close(now);
        long account = town.account("anne@avis.invalid");
        town.decide(account, town.request(account, 1), 1, now);

        transaction.begin();
        try (Connection connection = portal.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('portal.town', '" + town.id() + "', true)");
            assertThat(statement.executeUpdate("update decision set digest_id = null where digest_id is not null"))
                    .as("told, out of reach for everything that serves families")
                    .isZero();
            assertThat(statement.executeUpdate("update decision set digest_id = (select max(id) from digest)"))
                    .as("still to be told")
                    .isOne();
            for (String table : List.of("decision", "booking_change")) {
                assertThat(refusal(statement, "delete from " + table)).contains("permission denied");
                assertThat(refusal(
                                statement,
                                "insert into " + table + " (town_id, id, digest_id) values (" + town.id() + ", -1, 1)"))
                        .contains("row-level security");
            }
        } finally {
            transaction.rollback();
        }
        assertThat(town.count("decision where digest_id is not null")).isEqualTo(6);
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

        // Recorded in the window that is closed by now, committed after.
        long late = town.request(account, 1);
        town.decide(account, late, 1, end.minusSeconds(1));
        assertThat(close(end.plus(Duration.ofHours(5))).decisions()).isEqualTo(3);
        assertThat(town.count("decision where digest_id is not null")).isEqualTo(4);
    }

    @Test
    void nothing_to_say_sends_nothing() throws Exception {
        assertThat(gate.inTown(town.id(), desk::sendNow)).satisfies(digest -> {
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

    private void decided(int accounts, int lines, Instant recorded) throws SQLException {
        for (int i = 0; i < accounts; i++) {
            long account = town.account("parent" + i + "@avis.invalid");
            town.decide(account, town.request(account, lines), lines, recorded);
        }
    }

    private DigestResult close(Instant end) {
        return gate.inTown(town.id(), () -> desk.close(end));
    }
}
