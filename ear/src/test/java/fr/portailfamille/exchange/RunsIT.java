package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.Page;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « État des traitements » stays quick however many runs there are: by rows read, not by time. */
@Tag("container")
@Tag("B7")
@Tag("X7")
@ExtendWith(ArquillianExtension.class)
class RunsIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private static final int RUNS = 15_000;

    @Inject
    private ProcessingRuns runs;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private UserTransaction transaction;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Test
    void fifteen_thousand_runs_are_counted_once_and_never_sorted_for_a_page() throws Exception {
        LotScene scene = LotScene.open(owner);
        addRuns(scene, RUNS);

        // Counting passes over the whole table, with the runs of other towns.
        long read = rowsRead(scene, () -> page(scene, RunCriteria.ALL, 0));
        assertThat(read).as("a page beside the count").isLessThan(2 * RUNS);
        assertThat(rowsRead(scene, () -> page(scene, RunCriteria.ALL, 14_975)))
                .as("the last page passes over those before it")
                .isLessThan(3 * RUNS);
        RunCriteria day = new RunCriteria(null, null, null, LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 2));
        assertThat(page(scene, day, 0).total()).isEqualTo(144);
        assertThat(rowsRead(scene, () -> page(scene, day, 0))).isLessThan(500);
        assertThat(rowsRead(scene, () -> scene.claire().call(() -> runs.activity())))
                .as("what a page that follows asks every other second")
                .isLessThan(20);
        assertThat(rowsRead(scene, () -> scene.claire().call(() -> runs.detail(RUNS / 2))))
                .isLessThan(20);
    }

    /** A page that is told so stops following, and would show « En cours » for ever. */
    @Test
    void a_lot_is_never_seen_neither_waiting_for_its_turn_nor_running() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot lot = scene.people(1, 1);
        scene.send(lot, "APPLIED");
        long run = scene.run(lot);
        // One of the two holds at any moment from here on.
        beginsOrWaitsAgain(scene, run);
        AtomicBoolean over = new AtomicBoolean();
        Future<?> turns = executor.submit(() -> {
            while (!over.get()) {
                beginsOrWaitsAgain(scene, run);
            }
            return null;
        });
        try {
            for (int i = 0; i < 1_000; i++) {
                assertThat(scene.claire().call(() -> runs.activity()).isLive())
                        .as("call %d", i)
                        .isTrue();
            }
        } finally {
            over.set(true);
            turns.get();
        }
    }

    private static void beginsOrWaitsAgain(LotScene scene, long run) throws SQLException {
        scene.update(
                "with turned as (update app.processing_run set ended_at = case when ended_at is null then now() end"
                        + " where town_id = ? and id = ? returning town_id, lot_id, ended_at)"
                        + " update app.lot l set state = case when t.ended_at is null then 'RUNNING' else 'RECEIVED' end"
                        + " from turned t where l.town_id = t.town_id and l.id = t.lot_id",
                scene.town(),
                run);
    }

    /** What it waited for was applied: it begins within moments, and a page between the two goes on following. */
    @Test
    void a_lot_that_waits_counts_as_soon_as_it_is_to_be_looked_at() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 1), "APPLIED");
        scene.send(scene.renamed(3, "Zoé"), "WAITING");
        assertThat(scene.claire().call(() -> runs.activity()).isLive()).isFalse();
        try (TownLeases.Lease held = scene.lease()) {
            assertThat(held.held()).isTrue();
            scene.update(
                    "update app.work_due set due_at = '2026-01-01' where kind = 'LOT' and town_id = ?", scene.town());
            RunActivity activity = scene.claire().call(() -> runs.activity());
            assertThat(activity.running()).isNull();
            assertThat(activity.queued()).isEqualTo(1);
        }
    }

    @Test
    void runs_are_narrowed_by_universe_type_result_and_day() throws Exception {
        LotScene scene = LotScene.open(owner);
        addRuns(scene, 300);
        assertThat(page(scene, new RunCriteria("Eau", null, null, null, null), 0)
                        .total())
                .isEqualTo(3);
        assertThat(page(scene, new RunCriteria(null, "IMPORT_BOOKINGS", null, null, null), 0)
                        .total())
                .isEqualTo(150);
        assertThat(page(scene, new RunCriteria(null, null, RunResult.FAILED, null, null), 0)
                        .total())
                .isEqualTo(30);
        assertThat(page(scene, new RunCriteria("Enfance", "IMPORT_BOOKINGS", RunResult.FAILED, null, null), 0)
                        .total())
                .isEqualTo(27);
    }

    @Test
    void a_day_is_one_of_the_town() throws Exception {
        LotScene scene = LotScene.open(owner);
        addRuns(scene, 300);
        RunCriteria newYear = new RunCriteria(null, null, null, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 1));
        assertThat(page(scene, newYear, 0).total()).isEqualTo(143);
        scene.update("update app.town set zone = 'Indian/Reunion' where id = ?", scene.town());
        assertThat(page(scene, newYear, 0).total())
                .as("which ends three hours earlier there")
                .isEqualTo(125);
    }

    private Page<RunRow> page(LotScene scene, RunCriteria criteria, int offset) throws Exception {
        return scene.claire().call(() -> runs.page(criteria, RunSort.STARTED, false, offset, 25));
    }

    /** Ten minutes apart from the beginning of the year on. */
    private static void addRuns(LotScene scene, int many) throws Exception {
        scene.update(
                "insert into app.processing_run (town_id, id, universe, type, started_at, ended_at, progress, result)"
                        + " select ?, n, case when n % 100 = 0 then 'Eau' else 'Enfance' end,"
                        + " case when n % 2 = 0 then 'IMPORT_BOOKINGS' else 'IMPORT_INDIVIDUALS' end,"
                        + " timestamptz '2026-01-01T00:00+01:00' + n * interval '10 minutes',"
                        + " timestamptz '2026-01-01T00:00+01:00' + n * interval '10 minutes' + interval '9 seconds', 100,"
                        + " case when n % 10 = 0 then 'FAILED' else 'DONE' end from generate_series(1, ?) n",
                scene.town(), many);
        scene.update("analyze app.processing_run");
    }

    /** Rows of the table of runs that the work reads, by the counters of the connection that the transaction holds. */
    private long rowsRead(LotScene scene, Callable<?> work) throws Exception {
        transaction.begin();
        try {
            // What earlier transactions read may not have been taken off the connection's counters yet.
            long before = counted();
            work.call();
            return counted() - before;
        } finally {
            transaction.rollback();
        }
    }

    private long counted() throws SQLException {
        try (Connection connection = portal.getConnection();
                Statement statement = connection.createStatement();
                ResultSet read =
                        statement.executeQuery("select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)"
                                + " from pg_stat_xact_user_tables where relname in ('processing_run', 'lot')")) {
            read.next();
            return read.getLong(1);
        }
    }
}
