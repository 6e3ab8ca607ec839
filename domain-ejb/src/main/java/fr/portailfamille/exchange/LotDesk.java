package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Page;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.load.ImportPlaces;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What agents decide on lots: apply what the guard held, never apply what waits, try again what failed. Each act is done
 * once, on the state and the run that the agent saw; of two agents the second is told. Who decided is kept.
 */
@Stateless
@RolesAllowed("MENU_ETAT_DES_TRAITEMENTS")
public class LotDesk {

    private static final Duration TOLD_AFTER = Duration.ofHours(24);

    private static final String OPEN = "town_id = :town and state in ('RECEIVED', 'WAITING', 'GUARD')";

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    @Resource
    private SessionContext context;

    private record Found(
            String state,
            Flow flow,
            long sequence,
            boolean dryRun,
            @Nullable Long run,
            boolean confirmed,
            boolean erased) {}

    /** Lots that are not finished and not running: those that need a decision first, then in the order received. */
    public Page<OpenLot> open(int limit) {
        return database.read(handle -> new Page<>(
                handle.createQuery(
                                "select id, lot_id, flow, nullif(sequence, 0) as sequence, state, waiting_for, run_id, received_at"
                                        + " from lot where " + OPEN + " order by state <> 'GUARD', id limit :limit")
                        .bind("town", town.id())
                        .bind("limit", limit)
                        .map((row, context) -> open(row, clock.instant().minus(TOLD_AFTER)))
                        .list(),
                handle.createQuery("select count(*) from lot where " + OPEN)
                        .bind("town", town.id())
                        .mapTo(long.class)
                        .one()));
    }

    /**
     * How many lots go on with an agent's help only, or are late.
     *
     * @param held by the guard
     * @param failed given up while it is still their turn: what follows waits
     * @param refused of which nothing came since that could be applied in their place
     * @param overdue that have waited for another one for more than a day
     */
    public record Attention(long held, long failed, long refused, long overdue) {

        /** For whoever may do nothing about them. */
        public static final Attention NONE = new Attention(0, 0, 0, 0);
    }

    public Attention attention() {
        return database.read(handle -> handle.createQuery("""
                        select count(*) filter (where l.state = 'GUARD') as held,
                               count(*) filter (where l.state = 'FAILED' and not l.dry_run
                                                  and l.sequence > coalesce(f.last_sequence, 0)) as failed,
                               count(*) filter (where l.state = 'REFUSED' and not l.dry_run
                                                  and l.sequence > coalesce(f.last_sequence, 0)
                                                  and not exists (
                                                      select from lot o where o.town_id = :town and o.flow = l.flow
                                                         and o.sequence = l.sequence and o.id > l.id and not o.dry_run)) as refused,
                               count(*) filter (where l.state = 'WAITING' and l.received_at < :before) as overdue
                          from lot l left join flow_state f on f.town_id = :town and f.flow = l.flow
                         where l.town_id = :town and l.state in ('GUARD', 'FAILED', 'REFUSED', 'WAITING')
                        """)
                .bind("town", town.id())
                .bind("before", clock.instant().minus(TOLD_AFTER).atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Attention(
                        row.getLong("held"), row.getLong("failed"), row.getLong("refused"), row.getLong("overdue")))
                .one());
    }

    /**
     * Lets the held lot be applied; it is checked again when its turn comes.
     *
     * @param run the held run that the agent saw
     */
    public LotAnswer confirm(long lot, long run) {
        return database.read(handle -> {
            Found found = find(handle, lot).orElse(null);
            if (found == null || !found.state().equals("GUARD") || found.run() == null || found.run() != run) {
                return LotAnswer.TOO_LATE;
            }
            handle.createUpdate("update lot set state = 'RECEIVED', reasons = '[]', confirmed_run = :run"
                            + " where town_id = :town and id = :lot")
                    .bind("run", run)
                    .bind("town", town.id())
                    .bind("lot", lot)
                    .execute();
            endHeld(handle, run, RunResult.CONFIRMED);
            LotAnswer done = decided(handle, lot, run, LotDecision.Kind.CONFIRMED);
            ImportPlaces.reached(ImportPlaces.BEFORE_COMMIT_OF_CONFIRMATION);
            return done;
        });
    }

    /**
     * Never applies the lot: one that waits or that the guard holds. Its sequence is used up and passed over when the flow
     * comes to it. Those before it are still expected: what it would have replaced was not replaced.
     */
    public LotAnswer cancel(long lot) {
        return database.read(handle -> {
            Found found = find(handle, lot).orElse(null);
            // What another agent has confirmed is on its way, even before its turn comes.
            if (found == null || found.confirmed() && !found.state().equals("GUARD")) {
                return LotAnswer.TOO_LATE;
            }
            Instant now = clock.instant();
            switch (found.state()) {
                case "GUARD" -> {
                    if (found.run() == null) {
                        throw new IllegalStateException("A held lot without a run: " + lot);
                    }
                    endHeld(handle, found.run(), RunResult.CANCELLED);
                    handle.createUpdate(
                                    "update lot set state = 'CANCELLED', ended_at = :now where town_id = :town and id = :lot")
                            .bind("now", now.atOffset(ZoneOffset.UTC))
                            .bind("town", town.id())
                            .bind("lot", lot)
                            .execute();
                }
                case "RECEIVED", "WAITING" -> UnappliedLots.cancel(handle, town.id(), lot, now);
                default -> {
                    return LotAnswer.TOO_LATE;
                }
            }
            return decided(handle, lot, found.run(), LotDecision.Kind.CANCELLED);
        });
    }

    /**
     * Lets a failed lot be tried again, from what is stored of it.
     *
     * @param run the failed run that the agent saw
     */
    public LotAnswer restart(long lot, long run) {
        return database.read(handle -> {
            // As reception does: a corrected lot may be coming in under the same sequence.
            handle.execute("select pg_advisory_xact_lock(?, ?)", QueueLock.RECEPTION, town.id());
            Found found = find(handle, lot).orElse(null);
            if (found == null || !found.state().equals("FAILED") || found.run() == null || found.run() != run) {
                return LotAnswer.TOO_LATE;
            }
            if (found.erased()) {
                return LotAnswer.ERASED;
            }
            if (usesSequence(found) && LotReception.isSequenceUsed(handle, town.id(), found.flow(), found.sequence())) {
                return LotAnswer.SEQUENCE_TAKEN;
            }
            handle.createUpdate("update lot set state = 'RECEIVED', reasons = '[]', ended_at = null"
                            + " where town_id = :town and id = :lot")
                    .bind("town", town.id())
                    .bind("lot", lot)
                    .execute();
            return decided(handle, lot, run, LotDecision.Kind.RESTARTED);
        });
    }

    private static boolean usesSequence(Found lot) {
        return !lot.dryRun() && lot.sequence() > 0;
    }

    private void endHeld(Handle handle, long run, RunResult result) {
        RunFence.check(handle.createUpdate("update processing_run set result = :result"
                        + " where town_id = :town and id = :run and result = 'GUARD'")
                .bind("result", result.name())
                .bind("town", town.id())
                .bind("run", run)
                .execute());
    }

    private LotAnswer decided(Handle handle, long lot, @Nullable Long run, LotDecision.Kind kind) {
        Instant now = clock.instant();
        LotDecisions.add(handle, town.id(), lot, run, kind, agent(), now);
        LotWork.lookAgain(handle, town.id(), now);
        return LotAnswer.DONE;
    }

    /** Locked, so that of two acts on one lot the second sees what the first has done. */
    private Optional<Found> find(Handle handle, long lot) {
        return handle.createQuery("select state, flow, sequence, dry_run, run_id, confirmed_run, erased_at from lot"
                        + " where town_id = :town and id = :lot for update")
                .bind("town", town.id())
                .bind("lot", lot)
                .map((row, context) -> new Found(
                        row.getString("state"),
                        Flow.valueOf(row.getString("flow")),
                        row.getLong("sequence"),
                        row.getBoolean("dry_run"),
                        row.getObject("run_id", Long.class),
                        row.getObject("confirmed_run") != null,
                        row.getTimestamp("erased_at") != null))
                .findOne();
    }

    private long agent() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.AGENT)
                .orElseThrow(() -> new IllegalStateException("The caller is no agent"))
                .id();
    }

    private static OpenLot open(ResultSet row, Instant overdueBefore) throws SQLException {
        OpenLot.State state = OpenLot.State.valueOf(row.getString("state"));
        Instant received = row.getTimestamp("received_at").toInstant();
        String[] missing =
                Optional.ofNullable(row.getString("waiting_for")).orElse("").split("/", 2);
        return new OpenLot(
                row.getLong("id"),
                row.getObject("lot_id", UUID.class),
                Flow.valueOf(row.getString("flow")).runType(),
                row.getObject("sequence", Long.class),
                state,
                missing.length < 2
                        ? null
                        : Flow.valueOf(missing[0].toUpperCase(Locale.ROOT)).runType(),
                missing.length < 2 ? null : Long.valueOf(missing[1]),
                state == OpenLot.State.GUARD ? row.getObject("run_id", Long.class) : null,
                received,
                state == OpenLot.State.WAITING && received.isBefore(overdueBefore));
    }
}
