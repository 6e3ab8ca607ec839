package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.Mode;
import fr.portailfamille.exchange.load.Load;
import fr.portailfamille.exchange.load.Stage;
import fr.portailfamille.exchange.outgoing.KnownRequests;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a run read of its lot.
 *
 * @param first whether no lot of the flow was ever merged in this town
 */
record RunContext(
        LotRun run,
        Flow flow,
        Mode mode,
        long sequence,
        String universe,
        boolean dryRun,
        boolean merged,
        String manifest,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String includesRequestsUpTo,
        @Nullable Instant producedAt,
        @Nullable Long confirmedRun,
        boolean correction,
        boolean first) {

    static RunContext of(Handle handle, LotRun run) {
        return handle.createQuery("""
                        select l.flow, l.mode, l.sequence, l.universe, l.dry_run, l.manifest, l.from_day, l.to_day,
                               l.includes_requests_up_to, l.produced_at, l.confirmed_run, l.correction, r.merged,
                               not exists (select from flow_state f where f.town_id = l.town_id and f.flow = l.flow) as first
                          from lot l join processing_run r on r.town_id = l.town_id and r.id = l.run_id
                         where l.town_id = :town and l.id = :lot and r.id = :run and r.attempt = :attempt
                        """)
                .bind("town", run.town())
                .bind("lot", run.lot())
                .bind("run", run.run())
                .bind("attempt", run.attempt())
                .map((row, context) -> new RunContext(
                        run,
                        Flow.valueOf(row.getString("flow")),
                        Mode.valueOf(row.getString("mode")),
                        row.getLong("sequence"),
                        row.getString("universe"),
                        row.getBoolean("dry_run"),
                        row.getBoolean("merged"),
                        row.getString("manifest"),
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("to_day", LocalDate.class),
                        row.getString("includes_requests_up_to"),
                        RunRows.instant(row, "produced_at"),
                        row.getObject("confirmed_run", Long.class),
                        row.getBoolean("correction"),
                        row.getBoolean("first")))
                .findOne()
                .orElseThrow(RunFence.StaleAttemptException::new);
    }

    /**
     * The transaction that is under way does not wait for the disk: what it does is lost with what is staged when the database
     * crashes, and is done again from the stored lot.
     */
    static void redoneAfterCrash(Handle handle) {
        handle.execute("set local synchronous_commit = off");
    }

    Stage stage() {
        return new Stage(run.run(), run.attempt(), flow);
    }

    /** For all that draws conclusions from what is staged. */
    Load load(Handle handle, Instant now) {
        stage().requireWhole(handle);
        Map<FileFormat, Load.FileRead> files = new LinkedHashMap<>();
        handle.createQuery(
                        "select file, columns, received, read_warnings, unreadable_keys, keys_differ, first_day, last_day from processing_file"
                                + " where town_id = :town and run_id = :run")
                .bind("town", run.town())
                .bind("run", run.run())
                .map((row, context) -> Map.entry(row.getString("file"), read(row)))
                .forEach(entry -> files.put(Formats.named(entry.getKey()), entry.getValue()));
        return new Load(
                run.town(),
                stage(),
                mode,
                correction,
                now,
                universe,
                files,
                from,
                to,
                KnownRequests.position(handle, run.town(), includesRequestsUpTo, producedAt));
    }

    private static Load.FileRead read(ResultSet row) throws SQLException {
        FileFormat file = Formats.named(row.getString("file"));
        Array names = row.getArray("columns");
        List<Column> columns = Arrays.stream((String[]) names.getArray())
                .map(name -> file.column(name).orElseThrow())
                .toList();
        return new Load.FileRead(
                columns,
                row.getLong("received"),
                row.getLong("read_warnings"),
                row.getBoolean("unreadable_keys"),
                row.getObject("keys_differ", Boolean.class),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class));
    }
}
