package fr.portailfamille.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads of the table of lots. */
final class LotRows {

    private static final String STATUS = """
            select l.id, l.lot_id, l.flow, l.mode, l.sequence, l.dry_run, l.state, l.waiting_for, l.reasons, l.received_at,
                   l.started_at as lot_started, l.ended_at as lot_ended, l.run_id, r.progress, r.created, r.changed,
                   r.unchanged, r.archived, r.rejected, r.warnings
              from lot l
              left join processing_run r on r.town_id = l.town_id and r.id = l.run_id
             where l.town_id = :town and l.lot_id = :lot and l.dry_run = :dry
             order by l.id desc limit 1
            """;

    private LotRows() {}

    static Optional<LotStatus> status(Handle handle, int town, UUID lotId, boolean dryRun) {
        return handle.createQuery(STATUS)
                .bind("town", town)
                .bind("lot", lotId)
                .bind("dry", dryRun)
                .map((row, context) -> status(row, files(handle, town, row.getLong("run_id"))))
                .findOne();
    }

    private static List<FileCounts> files(Handle handle, int town, long run) {
        return RunRows.files(handle, town, run);
    }

    private static LotStatus status(ResultSet row, List<FileCounts> files) throws SQLException {
        return new LotStatus(
                row.getObject("lot_id", UUID.class),
                lower(row.getString("flow")),
                lower(row.getString("mode")),
                row.getLong("sequence"),
                row.getBoolean("dry_run"),
                row.getString("state"),
                row.getString("waiting_for"),
                row.getInt("progress"),
                RunRows.counts(row),
                files,
                Reasons.fromJson(row.getString("reasons")),
                row.getTimestamp("received_at").toInstant(),
                RunRows.instant(row, "lot_started"),
                RunRows.instant(row, "lot_ended"));
    }

    private static String lower(@Nullable String constant) {
        return constant == null ? "" : constant.toLowerCase(Locale.ROOT);
    }
}
