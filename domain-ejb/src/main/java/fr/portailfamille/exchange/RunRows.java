package fr.portailfamille.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables of runs and of their files. */
final class RunRows {

    static final String SELECT = """
            select r.id, r.universe, r.type, r.started_at, r.ended_at, r.progress, r.received, r.created, r.changed,
                   r.unchanged, r.archived, r.rejected, r.warnings, r.result, l.lot_id, nullif(l.sequence, 0) as sequence
              from processing_run r
              left join lot l on l.town_id = r.town_id and l.id = r.lot_id
            """;

    private static final String LOT = """
            select l.id, l.lot_id, l.mode, nullif(l.sequence, 0) as sequence, l.dry_run, l.state, l.sender, l.producer, l.received_at,
                   l.erased_at, l.run_id = r.id as latest,
                   case l.sender
                       when 'KEY' then (select k.name from exchange_key k where k.town_id = l.town_id and k.id = l.sender_id)
                       when 'AGENT' then (select coalesce(nullif(concat_ws(' ', a.first_name, a.last_name), ''), a.email)
                                            from agent a where a.town_id = l.town_id and a.id = l.sender_id)
                   end as sender_name
              from processing_run r
              join lot l on l.town_id = r.town_id and l.id = r.lot_id
             where r.town_id = :town and r.id = :run
            """;

    private RunRows() {}

    static Optional<RunRow> find(Handle handle, int town, long run) {
        return handle.createQuery(SELECT + " where r.town_id = :town and r.id = :run")
                .bind("town", town)
                .bind("run", run)
                .map(RunRows::run)
                .findOne();
    }

    static List<FileCounts> files(Handle handle, int town, long run) {
        return handle.createQuery("""
                        select file, received, created, changed, unchanged, archived, rejected, warnings
                          from processing_file where town_id = :town and run_id = :run order by file
                        """)
                .bind("town", town)
                .bind("run", run)
                .map((row, context) -> new FileCounts(row.getString("file"), row.getLong("received"), counts(row)))
                .list();
    }

    static List<Reason> reasonsOfRun(Handle handle, int town, long run) {
        return handle.createQuery("select reasons from processing_run where town_id = :town and id = :run")
                .bind("town", town)
                .bind("run", run)
                .mapTo(String.class)
                .findOne()
                .map(Reasons::fromJson)
                .orElse(List.of());
    }

    static Optional<RunLot> lot(Handle handle, int town, long run) {
        return handle.createQuery(LOT)
                .bind("town", town)
                .bind("run", run)
                .map((row, context) -> new RunLot(
                        row.getLong("id"),
                        row.getObject("lot_id", UUID.class),
                        row.getString("mode").toLowerCase(Locale.ROOT),
                        row.getObject("sequence", Long.class),
                        row.getBoolean("dry_run"),
                        row.getString("state"),
                        LotSender.valueOf(row.getString("sender")),
                        row.getString("sender_name"),
                        row.getString("producer"),
                        row.getTimestamp("received_at").toInstant(),
                        row.getBoolean("latest"),
                        row.getTimestamp("erased_at") == null,
                        LotDecisions.of(handle, town, row.getLong("id"))))
                .findOne();
    }

    static RunRow run(ResultSet row, StatementContext context) throws SQLException {
        Instant started = instant(row, "started_at");
        if (started == null) {
            throw new SQLException("A run without a start");
        }
        long sequence = row.getLong("sequence");
        Long sequenceOrNone = row.wasNull() ? null : sequence;
        return new RunRow(
                row.getLong("id"),
                row.getString("universe"),
                row.getString("type"),
                started,
                instant(row, "ended_at"),
                row.getInt("progress"),
                row.getLong("received"),
                counts(row),
                RunResult.valueOf(row.getString("result")),
                row.getObject("lot_id", UUID.class),
                sequenceOrNone);
    }

    static RowCounts counts(ResultSet row) throws SQLException {
        return new RowCounts(
                row.getLong("created"),
                row.getLong("changed"),
                row.getLong("unchanged"),
                row.getLong("archived"),
                row.getLong("rejected"),
                row.getLong("warnings"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
