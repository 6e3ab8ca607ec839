package fr.portailfamille.exchange;

import fr.portailfamille.billing.InvoiceFiles;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.load.FileContent;
import fr.portailfamille.exchange.load.LotContent;
import fr.portailfamille.exchange.load.LotDocuments;
import fr.portailfamille.exchange.load.LotLoad;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** First step of a run: the lot's rows go into staging, piece by piece, each in a transaction of its own. */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LotStaging {

    /** Some seconds of work: short enough to show progress, long enough for COPY to be at its best. */
    private static final int PIECE = 250_000;

    /** Share of a run that reading is. */
    static final int PROGRESS = 40;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private StoredLots lots;

    @Inject
    private InvoiceFiles documents;

    @Inject
    private Clock clock;

    public RunContext begin(LotRun run) {
        return database.read(handle -> {
            RunContext.redoneAfterCrash(handle);
            RunContext context = RunContext.of(handle, run);
            if (!context.merged()) {
                context.stage().drop(handle);
                documents.forget(run.run());
                handle.createUpdate("delete from processing_file where town_id = :town and run_id = :run")
                        .bind("town", town.id())
                        .bind("run", run.run())
                        .execute();
                context.stage().create(handle);
                RunFence.progress(handle, run, 2);
            }
            return context;
        });
    }

    /** A stored piece of the lot in clear; null after the last. */
    public byte @Nullable [] chunk(LotRun run, int n) {
        return database.read(handle -> lots.chunk(handle, run.lot(), n));
    }

    /** Whether there are more documents to store. */
    public boolean storeNext(LotRun run, LotDocuments content) {
        return database.read(handle -> {
            boolean more = content.storeNext(handle, documents);
            RunFence.progress(handle, run, PROGRESS);
            return more;
        });
    }

    /** Lays registrations down for a lot of many bookings, over a connection of its own while the lot is read. */
    public void registrations(LotRun run) {
        database.write(handle -> {
            RunContext.redoneAfterCrash(handle);
            RunContext context = RunContext.of(handle, run);
            new LotLoad(context.load(handle, clock.instant())).stageRegistrations(handle);
            // A late attempt fails here.
            RunFence.progress(handle, run, 2);
        });
    }

    public RunContext context(LotRun run) {
        return database.read(handle -> RunContext.of(handle, run));
    }

    /** Encrypts what was left out of the rows of a file that will be written. */
    public void sealLate(LotRun run, FileContent file, BitSet lines) {
        database.write(handle -> {
            RunContext.redoneAfterCrash(handle);
            LotLoad.sealSecrets(handle, file, lines);
            // Last, because others of the run wait for it; a late attempt fails here.
            RunFence.progress(handle, run, PROGRESS);
        });
    }

    /** Stages the next rows of a file; true when it was read to its end. Files of a lot may be staged side by side. */
    public boolean stageNext(LotRun run, LotContent content, FileContent file) {
        return database.read(handle -> {
            RunContext.redoneAfterCrash(handle);
            FileContent.Read read = file.stageNext(handle, town.id(), PIECE);
            if (read != null) {
                handle.createUpdate("""
                                insert into processing_file (town_id, run_id, file, received, read_warnings, columns, unreadable_keys,
                                                             keys_differ, first_day, last_day)
                                values (:town, :run, :file, :rows, :warned, :columns, :unreadable, :differ, :first, :last)
                                """)
                        .bind("town", town.id())
                        .bind("run", run.run())
                        .bind("file", read.format().name())
                        .bind("rows", read.rows())
                        .bind("warned", read.warned())
                        .bindArray("columns", String.class, List.copyOf(read.columns()))
                        .bind("unreadable", read.unreadableKeys())
                        .bind("differ", read.keysDiffer())
                        .bind("first", read.firstDay())
                        .bind("last", read.lastDay())
                        .execute();
            }
            handle.createUpdate("update processing_run set received = greatest(received, :rows)"
                            + " where town_id = :town and id = :run")
                    .bind("rows", content.rows())
                    .bind("town", town.id())
                    .bind("run", run.run())
                    .execute();
            RunFence.progress(handle, run, 2 + (PROGRESS - 2) * content.progress() / 100);
            return read != null;
        });
    }
}
