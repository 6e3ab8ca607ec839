package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.Flow;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/** What the town's queue goes by: lots that are to be looked at, and how far each flow has come. */
final class LotWork {

    private LotWork() {}

    /** Something changed that lots may have waited for: all that wait are looked at again. */
    static void lookAgain(Handle handle, int town, Instant now) {
        handle.createUpdate(
                        "insert into work_due (kind, town_id, item_id, due_at) select 'LOT', town_id, id, :now from lot"
                                + " where town_id = :town and state in ('RECEIVED', 'WAITING')"
                                + " on conflict (kind, town_id, item_id) do update set due_at = least(work_due.due_at, excluded.due_at)")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("town", town)
                .execute();
    }

    static void useSequence(Handle handle, int town, Flow flow, long sequence) {
        handle.createUpdate("insert into flow_state (town_id, flow, last_sequence) values (:town, :flow, :sequence)"
                        + " on conflict (town_id, flow) do update"
                        + " set last_sequence = greatest(flow_state.last_sequence, excluded.last_sequence)")
                .bind("town", town)
                .bind("flow", flow.name())
                .bind("sequence", sequence)
                .execute();
    }
}
