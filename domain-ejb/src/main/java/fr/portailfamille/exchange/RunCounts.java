package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.load.FileVerdicts;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes what became of the rows, per file and for the run. */
final class RunCounts {

    private RunCounts() {}

    static FileVerdicts read(Handle handle, LotRun run, FileFormat file) {
        return handle.createQuery("""
                        select received, created, changed, unchanged, archived, rejected, warnings, missing,
                               standing from processing_file
                         where town_id = :town and run_id = :run and file = :file
                        """)
                .bind("town", run.town())
                .bind("run", run.run())
                .bind("file", file.name())
                .map((row, context) -> new FileVerdicts(
                        file,
                        row.getLong("received"),
                        row.getLong("created"),
                        row.getLong("changed"),
                        row.getLong("unchanged"),
                        row.getLong("archived"),
                        row.getLong("rejected"),
                        row.getLong("warnings"),
                        row.getLong("missing"),
                        row.getLong("standing")))
                .one();
    }

    static void write(Handle handle, LotRun run, List<FileVerdicts> files) {
        for (FileVerdicts file : files) {
            handle.createUpdate("""
                            update processing_file set received = :received, created = :created, changed = :changed,
                                   unchanged = :unchanged, archived = :archived, rejected = :rejected, warnings = :warnings, missing = :missing,
                                   standing = :standing
                             where town_id = :town and run_id = :run and file = :file
                            """)
                    .bind("received", file.received())
                    .bind("created", file.created())
                    .bind("changed", file.changed())
                    .bind("unchanged", file.unchanged())
                    .bind("archived", file.archived())
                    .bind("rejected", file.rejected())
                    .bind("warnings", file.warnings())
                    .bind("missing", file.missing())
                    .bind("standing", file.standing())
                    .bind("town", run.town())
                    .bind("run", run.run())
                    .bind("file", file.file().name())
                    .execute();
        }
        handle.createUpdate("""
                        update processing_run r set received = f.received, created = f.created, changed = f.changed,
                               unchanged = f.unchanged, archived = f.archived, rejected = f.rejected, warnings = f.warnings
                          from (select coalesce(sum(received), 0) as received, coalesce(sum(created), 0) as created,
                                       coalesce(sum(changed), 0) as changed, coalesce(sum(unchanged), 0) as unchanged,
                                       coalesce(sum(archived), 0) as archived, coalesce(sum(rejected), 0) as rejected,
                                       coalesce(sum(warnings), 0) as warnings
                                  from processing_file where town_id = :town and run_id = :run) f
                         where r.town_id = :town and r.id = :run
                        """).bind("town", run.town()).bind("run", run.run()).execute();
    }
}
