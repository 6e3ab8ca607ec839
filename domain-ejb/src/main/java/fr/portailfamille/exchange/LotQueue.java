package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Mode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The town's queue of lots: which one's turn it is, and why the others wait. Asked only by the node that holds the town's
 * lease.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LotQueue {

    /** Between two looks at a lot that waits for another, whatever was said meanwhile. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final Duration CHUNKS_KEPT = Duration.ofDays(30);

    /** Unzipped bytes from which on a lot takes many seconds: a hundred thousand people, a million bookings. */
    private static final long LARGE = 16L << 20;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    private record Open(
            long id,
            Flow flow,
            Mode mode,
            long sequence,
            boolean dryRun,
            boolean correction,
            String state,
            @Nullable Long run,
            String universe,
            boolean large) {}

    /**
     * The lot to apply now: one that a crash interrupted, else the first received that nothing holds back. With it the town
     * has had its turn, and waits behind all others for the next one. Rows are locked: an agent who cancels one of them
     * meanwhile comes before or after, never in between.
     *
     * @param largeToo whether a large one may start now; else it stays due
     */
    public Optional<LotTurn> next(boolean largeToo) {
        return database.read(handle -> {
            List<Open> open = handle.createQuery("""
                            select id, flow, mode, sequence, dry_run, correction, state, run_id, universe, unzipped_size from lot
                             where town_id = :town and state in ('RECEIVED', 'WAITING', 'RUNNING', 'GUARD') order by id
                               for update
                            """)
                    .bind("town", town.id())
                    .map((row, context) -> open(row))
                    .list();
            Optional<Open> running =
                    open.stream().filter(lot -> lot.state().equals("RUNNING")).findFirst();
            if (running.isPresent()) {
                return running.get().large() && !largeToo
                        ? Optional.<LotTurn>empty()
                        : Optional.of(resume(handle, running.get()));
            }
            List<Open> ahead = new ArrayList<>();
            for (Open lot : open) {
                if (supersededMeanwhile(handle, lot)) {
                    continue;
                }
                if (!lot.state().equals("GUARD") && mayStart(handle, lot, ahead)) {
                    return lot.large() && !largeToo ? Optional.<LotTurn>empty() : Optional.of(start(handle, lot));
                }
                ahead.add(lot);
            }
            restUntilLater(handle, open);
            return Optional.<LotTurn>empty();
        });
    }

    /**
     * Those that wait are looked at again when another lot arrives or ends, and after a while in any case. What arrived since
     * they were read stays due: nothing is deleted that was not looked at.
     */
    private void restUntilLater(Handle handle, List<Open> looked) {
        handle.createUpdate(
                        "update work_due set due_at = :later where kind = 'LOT' and town_id = :town and item_id = any(:looked)")
                .bind("later", clock.instant().plus(REST).atOffset(ZoneOffset.UTC))
                .bind("town", town.id())
                .bindArray("looked", Long.class, looked.stream().map(Open::id).toArray())
                .execute();
        handle.createUpdate(
                        "delete from work_due w where w.kind = 'LOT' and w.town_id = :town and exists (select from lot l"
                                + " where l.town_id = :town and l.id = w.item_id and l.state not in ('RECEIVED', 'WAITING', 'RUNNING', 'GUARD'))")
                .bind("town", town.id())
                .execute();
    }

    /** A later full lot was merged while this one was received. It holds back nothing. */
    private boolean supersededMeanwhile(Handle handle, Open lot) {
        if (lot.dryRun() || lot.correction() || lot.sequence() > lastSequence(handle, lot.flow())) {
            return false;
        }
        UnappliedLots.supersede(handle, town.id(), lot.id(), clock.instant());
        return true;
    }

    private boolean mayStart(Handle handle, Open lot, List<Open> ahead) {
        if (lot.dryRun()) {
            return true;
        }
        for (Open other : ahead) {
            // A correction that the guard holds stands in nobody's way: the business application knows nothing of it.
            boolean held = !other.dryRun()
                    && !(other.correction() && other.state().equals("GUARD"))
                    && (other.flow().isUpstreamOf(lot.flow())
                            || other.flow() == lot.flow() && other.state().equals("GUARD"));
            if (held) {
                wait(handle, lot, other.flow().word() + "/" + other.sequence());
                return false;
            }
        }
        long expected = expected(handle, lot.flow(), lastSequence(handle, lot.flow()) + 1);
        if (!lot.correction() && lot.mode() == Mode.DELTA && lot.sequence() != expected) {
            wait(handle, lot, lot.flow().word() + "/" + expected);
            return false;
        }
        return true;
    }

    /** 0 before the first. */
    private long lastSequence(Handle handle, Flow flow) {
        return handle.createQuery("select last_sequence from flow_state where town_id = :town and flow = :flow")
                .bind("town", town.id())
                .bind("flow", flow.name())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** The next sequence to be applied; agents have used up those of the lots that they cancelled. */
    private long expected(Handle handle, Flow flow, long after) {
        long expected = after;
        List<Long> cancelled = handle.createQuery(
                        "select distinct sequence from lot where town_id = :town and flow = :flow and sequence >= :after"
                                + " and state = 'CANCELLED' and not dry_run order by sequence")
                .bind("town", town.id())
                .bind("flow", flow.name())
                .bind("after", after)
                .mapTo(Long.class)
                .list();
        for (long used : cancelled) {
            if (used == expected) {
                expected++;
            }
        }
        return expected;
    }

    private void wait(Handle handle, Open lot, String missing) {
        handle.createUpdate(
                        "update lot set state = 'WAITING', waiting_for = :missing where town_id = :town and id = :id")
                .bind("missing", missing)
                .bind("town", town.id())
                .bind("id", lot.id())
                .execute();
    }

    private LotTurn start(Handle handle, Open lot) {
        long run = handle.createQuery("select nextval('processing_run_seq')")
                .mapTo(long.class)
                .one();
        handle.createUpdate("insert into processing_run (town_id, id, universe, type, lot_id, started_at, result)"
                        + " values (:town, :run, :universe, :type, :lot, :now, 'RUNNING')")
                .bind("town", town.id())
                .bind("run", run)
                .bind("universe", lot.universe())
                .bind("type", lot.flow().runType())
                .bind("lot", lot.id())
                .bind("now", now())
                .execute();
        handle.createUpdate(
                        "update lot set state = 'RUNNING', waiting_for = null, started_at = :now, run_id = :run where town_id = :town and id = :id")
                .bind("now", now())
                .bind("run", run)
                .bind("town", town.id())
                .bind("id", lot.id())
                .execute();
        handle.createUpdate("update work_due set due_at = :now where kind = 'LOT' and town_id = :town")
                .bind("now", now())
                .bind("town", town.id())
                .execute();
        return new LotTurn(new LotRun(town.id(), lot.id(), run, 1), lot.flow(), lot.large(), null);
    }

    private LotTurn resume(Handle handle, Open lot) {
        Long run = lot.run();
        if (run == null) {
            throw new IllegalStateException("A running lot without a run: " + lot.id());
        }
        return handle.createQuery("update processing_run set attempt = attempt + 1 where town_id = :town and id = :run"
                        + " returning attempt, job_execution")
                .bind("town", town.id())
                .bind("run", run)
                .map((row, context) -> {
                    long execution = row.getLong("job_execution");
                    Long executionOrNone = row.wasNull() ? null : execution;
                    return new LotTurn(
                            new LotRun(town.id(), lot.id(), run, row.getInt("attempt")),
                            lot.flow(),
                            lot.large(),
                            executionOrNone);
                })
                .one();
    }

    /** Remembers which execution of the job does the work, to be restarted after a crash. */
    public void executes(LotRun run, long execution) {
        database.write(handle -> handle.createUpdate(
                        "update processing_run set job_execution = :execution where town_id = :town and id = :run and attempt = :attempt")
                .bind("execution", execution)
                .bind("town", town.id())
                .bind("run", run.run())
                .bind("attempt", run.attempt())
                .execute());
    }

    /** Erases the stored pieces of lots that ended and were received 30 days ago or more. */
    public int eraseOldLots() {
        return database.read(handle -> {
            OffsetDateTime before = clock.instant().minus(CHUNKS_KEPT).atOffset(ZoneOffset.UTC);
            handle.createUpdate("""
                            delete from lot_chunk c using lot l
                             where c.town_id = :town and l.town_id = :town and l.id = c.lot_id and l.received_at < :before
                               and l.state not in ('RECEIVED', 'WAITING', 'RUNNING', 'GUARD')
                            """)
                    .bind("town", town.id())
                    .bind("before", before)
                    .execute();
            return handle.createUpdate("""
                            update lot set erased_at = :now where town_id = :town and received_at < :before and erased_at is null
                               and state not in ('RECEIVED', 'WAITING', 'RUNNING', 'GUARD')
                            """)
                    .bind("town", town.id())
                    .bind("before", before)
                    .bind("now", now())
                    .execute();
        });
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Open open(ResultSet row) throws SQLException {
        long run = row.getLong("run_id");
        Long runOrNone = row.wasNull() ? null : run;
        return new Open(
                row.getLong("id"),
                Flow.valueOf(row.getString("flow")),
                Mode.valueOf(row.getString("mode")),
                row.getLong("sequence"),
                row.getBoolean("dry_run"),
                row.getBoolean("correction"),
                row.getString("state"),
                runOrNone,
                row.getString("universe"),
                row.getLong("unzipped_size") >= LARGE);
    }
}
