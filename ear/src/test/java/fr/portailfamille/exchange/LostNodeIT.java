package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.common.TownGate;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A node whose machine is gone without a word has no run any more within a minute, and no locks; one that was thought gone
 * and wakes up late changes nothing.
 */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
class LostNodeIT {

    private static final int PEOPLE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource
    private ManagedExecutorService executor;

    @EJB
    private TownGate gate;

    @EJB
    private LotQueue queue;

    @EJB
    private LotOutcome outcome;

    @Inject
    private LotSteps steps;

    @Inject
    private TownLeases leases;

    @Test
    void a_lease_is_a_session_of_the_portals_data_source() throws Exception {
        LotScene scene = LotScene.open(owner);
        try (TownLeases.Lease lease = leases.acquire(scene.town()).orElseThrow()) {
            assertThat(lease.held()).isTrue();
            assertThat(scene.text(
                            "select string_agg(a.application_name, ', ') from pg_locks l join pg_stat_activity a using (pid)"
                                    + " where l.locktype = 'advisory' and l.objid = ?::int",
                            scene.town()))
                    .isEqualTo("portail");
        }
    }

    /** By default two hours where nothing is under way to the lost machine, a quarter of an hour where an answer is. */
    @Test
    void postgresql_ends_the_sessions_of_a_lost_machine_within_a_minute() throws Exception {
        for (DataSource source : new DataSource[] {portal, owner}) {
            Map<String, Long> settings = settings(source);
            assertThat(settings.get("tcp_keepalives_idle")
                            + settings.get("tcp_keepalives_interval") * settings.get("tcp_keepalives_count"))
                    .as("seconds of silence")
                    .isBetween(1L, 45L);
            assertThat(settings.get("tcp_user_timeout"))
                    .as("milliseconds for which an answer may stay unconfirmed")
                    .isBetween(1L, 45_000L);
            assertThat(settings.get("client_connection_check_interval"))
                    .as("milliseconds after which a long statement asks whether its asker is there")
                    .isBetween(1L, 10_000L);
        }
    }

    private static Map<String, Long> settings(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select name, setting from pg_settings where name like 'tcp\\_%'"
                                + " or name = 'client_connection_check_interval'")) {
            Map<String, Long> settings = new HashMap<>();
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getLong(2));
            }
            return settings;
        }
    }

    /** The lease is the test's: nobody else works for the town. */
    @Test
    void an_attempt_that_wakes_up_in_the_middle_of_its_merge_takes_back_what_it_wrote() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot lot = scene.people(1, PEOPLE);
        try (TownLeases.Lease lease = leases.acquire(scene.town()).orElseThrow()) {
            assertThat(lease.held()).isTrue();
            scene.send(lot);
            LotRun late = turn(scene);
            readAndCheck(late);
            LotRun next = wakesUpWhenAnotherHasTakenOver(scene, late);
            assertThat(next.run()).isEqualTo(late.run());
            assertThat(next.attempt()).isEqualTo(late.attempt() + 1);
            assertThat(scene.standing()).as("of the late one's rows").isZero();

            readAndCheck(next);
            refused(scene, late);
            inTown(next, () -> steps.merge(next));
            refused(scene, late);
            inTown(next, () -> steps.report(next));
            refused(scene, late);
        }
        assertThat(scene.state(lot)).isEqualTo("APPLIED");
        assertThat(scene.standing()).isEqualTo(PEOPLE);
        assertThat(scene.results(lot)).isEqualTo("DONE");
    }

    private LotRun turn(LotScene scene) {
        return gate.inTown(scene.town(), () -> queue.next(true)).orElseThrow().run();
    }

    private void readAndCheck(LotRun run) {
        inTown(run, () -> {
            assertThat(steps.read(run)).isEqualTo(LotSteps.End.DONE);
            assertThat(steps.validate(run)).isEqualTo(LotSteps.End.DONE);
        });
    }

    private void inTown(LotRun run, Runnable work) {
        gate.doInTown(run.town(), work);
    }

    /** It sleeps where it writes its first row, and wakes up with all of them still to be written. */
    private LotRun wakesUpWhenAnotherHasTakenOver(LotScene scene, LotRun late) throws Exception {
        Future<?> merge;
        LotRun next;
        try (Connection door = owner.getConnection();
                Statement statement = door.createStatement()) {
            door.setAutoCommit(false);
            statement.execute("lock table app.individual in exclusive mode");
            merge = executor.submit(() -> inTown(late, () -> steps.merge(late)));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (scene.number(
                            "select count(*) from pg_locks where relation = 'app.individual'::regclass and not granted")
                    == 0) {
                assertThat(System.nanoTime()).as("until it writes").isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            next = turn(scene);
            door.rollback();
        }
        assertThatThrownBy(() -> merge.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .rootCause()
                .satisfies(cause -> assertThat(cause.getClass().getSimpleName()).isEqualTo("StaleAttemptException"));
        return next;
    }

    /** Whatever it comes to next. */
    private void refused(LotScene scene, LotRun late) throws SQLException {
        String state = state(scene, late);
        assertThatThrownBy(() -> inTown(late, () -> steps.read(late))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> inTown(late, () -> steps.validate(late))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> inTown(late, () -> steps.merge(late))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> inTown(late, () -> steps.report(late))).isInstanceOf(RuntimeException.class);
        assertThat(gate.inTown(late.town(), () -> outcome.fail(late, false)))
                .as("whether it gives up the lot")
                .isFalse();
        assertThat(gate.inTown(late.town(), () -> outcome.fail(late, true)))
                .as("whether it gives up the lot, where what made it fail may pass")
                .isFalse();
        assertThat(state(scene, late)).isEqualTo(state);
    }

    private static String state(LotScene scene, LotRun run) throws SQLException {
        return scene.text(
                "select concat_ws(' ', l.state, r.attempt, r.merged, r.ended_at, r.result, r.progress, r.received,"
                        + " (select count(*) from app.individual i where i.town_id = l.town_id),"
                        + " (select max(w.due_at) from app.work_due w where w.kind = 'LOT' and w.town_id = l.town_id))"
                        + " from app.lot l join app.processing_run r on (r.town_id, r.id) = (l.town_id, l.run_id)"
                        + " where l.town_id = ? and r.id = ?",
                run.town(),
                run.run());
    }
}
