package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.Flow;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * Lots that end without having been applied. Each leaves a line in « État des traitements »: nobody shall wonder what
 * became of it.
 */
final class UnappliedLots {

    /** The manifest as json, not jsonb: that would choke on escapes that the contract lets pass. */
    private static final String END = """
            with ended as (
                insert into processing_run (town_id, id, universe, type, lot_id, started_at, ended_at, received, result)
                select l.town_id, nextval('processing_run_seq'), l.universe, 'IMPORT_' || l.flow, l.id, :now, :now,
                       (select coalesce(sum((f ->> 'rows')::bigint), 0) from json_array_elements(l.manifest::json -> 'files') f),
                       :state
                  from lot l where l.town_id = :town and l.state in ('RECEIVED', 'WAITING') and %s for update
                returning id, lot_id)
            update lot l set state = :state, waiting_for = null, ended_at = :now, run_id = e.id
              from ended e where l.town_id = :town and l.id = e.lot_id
            """;

    private UnappliedLots() {}

    static void supersede(Handle handle, int town, long lot, Instant now) {
        end(handle, town, lot, "SUPERSEDED", now);
    }

    static void cancel(Handle handle, int town, long lot, Instant now) {
        end(handle, town, lot, "CANCELLED", now);
    }

    private static void end(Handle handle, int town, long lot, String state, Instant now) {
        handle.createUpdate(END.formatted("l.id = :lot"))
                .bind("lot", lot)
                .bind("state", state)
                .bind("town", town)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** A lot that was applied has used up the sequences before its own. */
    static void supersedeBefore(Handle handle, int town, Flow flow, long sequence, Instant now) {
        handle.createUpdate(END.formatted(
                        "l.flow = :flow and l.sequence < :sequence and not l.dry_run and not l.correction"))
                .bind("flow", flow.name())
                .bind("sequence", sequence)
                .bind("state", "SUPERSEDED")
                .bind("town", town)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
