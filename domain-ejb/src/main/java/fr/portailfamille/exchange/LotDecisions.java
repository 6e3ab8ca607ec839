package fr.portailfamille.exchange;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of what agents decided on lots. */
final class LotDecisions {

    private LotDecisions() {}

    static void add(
            Handle handle, int town, long lot, @Nullable Long run, LotDecision.Kind kind, long agent, Instant now) {
        handle.createUpdate("insert into lot_decision (town_id, lot_id, run_id, kind, agent_id, at)"
                        + " values (:town, :lot, :run, :kind, :agent, :now)")
                .bind("town", town)
                .bind("lot", lot)
                .bind("run", run)
                .bind("kind", kind.name())
                .bind("agent", agent)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** In the order in which they were made. */
    static List<LotDecision> of(Handle handle, int town, long lot) {
        return handle.createQuery("""
                        select d.kind, d.at, coalesce(nullif(concat_ws(' ', a.first_name, a.last_name), ''), a.email) as agent
                          from lot_decision d join agent a on a.town_id = d.town_id and a.id = d.agent_id
                         where d.town_id = :town and d.lot_id = :lot order by d.id
                        """)
                .bind("town", town)
                .bind("lot", lot)
                .map((row, context) -> new LotDecision(
                        LotDecision.Kind.valueOf(row.getString("kind")),
                        row.getString("agent"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
