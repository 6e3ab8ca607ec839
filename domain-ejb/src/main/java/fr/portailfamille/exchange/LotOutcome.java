package fr.portailfamille.exchange;

import fr.portailfamille.billing.InvoiceFiles;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.ImportPlaces;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How a run ends when its lot is merged, and every other end that it may come to. Each end lets those that wait be looked at
 * again.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LotOutcome {

    /** From so many new or changed rows of a table on, its statistics are gathered anew. */
    private static final long MANY = 5_000;

    private static final int ATTEMPTS = 3;

    /** As long as what made the run fail may pass: the last pauses are of five minutes, half an hour in all. */
    private static final int PATIENT_ATTEMPTS = 12;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private InvoiceFiles documents;

    @Inject
    private Clock clock;

    /** The lot is merged (or was simulated): tells so and clears staging. Done twice, it changes nothing. */
    public void report(LotRun run) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            if (!context.merged()) {
                throw new IllegalStateException("Lot " + run.lot() + " is not merged");
            }
            RunRow row = RunRows.find(handle, town.id(), run.run()).orElseThrow();
            drop(handle, context);
            RunResult result = context.dryRun()
                    ? RunResult.SIMULATED
                    : row.counts().rejected() > 0 ? RunResult.DONE_WITH_REJECTS : RunResult.DONE;
            end(handle, run, "APPLIED", result, 100, List.of());
            ImportPlaces.reached(ImportPlaces.BEFORE_COMMIT_OF_REPORT, context.flow());
        });
    }

    /** After a large merge; what a crash takes away of it, autovacuum does later. */
    public void refreshStatistics(LotRun run) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            ImportPlaces.reached(ImportPlaces.AFTER_REPORT, context.flow());
            if (!context.dryRun()) {
                refreshStatistics(handle, run);
            }
        });
    }

    private void refreshStatistics(Handle handle, LotRun run) {
        List<String> tables = new ArrayList<>();
        for (FileCounts file : RunRows.files(handle, town.id(), run.run())) {
            if (file.counts().created() + file.counts().changed() >= MANY) {
                FileFormat format = Formats.named(file.file());
                tables.add(format.table());
                switch (format.trait()) {
                    case FAMILIES -> tables.add("business_account");
                    case INDIVIDUALS -> tables.add("class_assignment");
                    case BOOKINGS -> tables.add("place_counter");
                    default -> {
                        // The table itself only.
                    }
                }
            }
        }
        tables.forEach(table -> handle.createQuery("select refresh_statistics(:table)::text")
                .bind("table", table)
                .mapTo(String.class)
                .findOne());
    }

    /** The lot as a whole cannot be taken. Its sequence stays open for the corrected one. */
    public void refuse(LotRun run, Reason reason) {
        database.write(handle -> {
            drop(handle, RunContext.of(handle, run));
            end(handle, run, "REFUSED", RunResult.REFUSED, 100, List.of(reason));
        });
    }

    /** Too much would be rejected or archived: nothing is applied until an agent decides, who sees the rejects. */
    public void hold(LotRun run, List<FileVerdicts> files, List<Reason> reasons) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            context.stage().requireWhole(handle);
            RunCounts.write(handle, run, files);
            context.stage().keepFaults(handle, town.id());
            drop(handle, context);
            if (context.dryRun()) {
                end(handle, run, "APPLIED", RunResult.SIMULATED, 100, reasons);
            } else {
                end(handle, run, "GUARD", RunResult.GUARD, LotValidation.PROGRESS, reasons);
            }
            ImportPlaces.reached(ImportPlaces.BEFORE_COMMIT_OF_HOLD, context.flow());
        });
    }

    /**
     * The run failed. It is tried again a few times, with growing pauses where what made it fail may pass (a full disk, a
     * database that is not there).
     *
     * @return whether the lot is given up
     */
    public boolean fail(LotRun run, boolean passes) {
        return database.read(handle -> {
            // A late attempt must not hold up the one that has taken over.
            boolean current = handle.createQuery(
                            "select exists (select from processing_run where town_id = :town and id = :run"
                                    + " and attempt = :attempt and ended_at is null)")
                    .bind("town", town.id())
                    .bind("run", run.run())
                    .bind("attempt", run.attempt())
                    .mapTo(boolean.class)
                    .one();
            if (run.attempt() < (passes ? PATIENT_ATTEMPTS : ATTEMPTS)) {
                if (passes && current) {
                    pause(handle, run.attempt());
                }
                return false;
            }
            if (current) {
                drop(handle, RunContext.of(handle, run));
                end(
                        handle,
                        run,
                        "FAILED",
                        RunResult.FAILED,
                        100,
                        List.of(new Reason("FAILED", null, null, null, RejectReasons.sentence("FAILED", null, null))));
            }
            return true;
        });
    }

    /** The town's turn comes later: nothing of it can be applied before this run. */
    private void pause(Handle handle, int attempt) {
        double seconds = FIRST_PAUSE.toSeconds() * Math.pow(3, attempt - 1.0);
        Instant next = clock.instant().plusSeconds((long) Math.min(seconds, LONGEST_PAUSE.toSeconds()));
        handle.createUpdate("update work_due set due_at = :next where kind = 'LOT' and town_id = :town")
                .bind("next", next.atOffset(ZoneOffset.UTC))
                .bind("town", town.id())
                .execute();
    }

    /** What was staged, and the documents that no merge has kept. */
    private void drop(Handle handle, RunContext context) {
        context.stage().drop(handle);
        documents.forget(context.run().run());
    }

    private void end(Handle handle, LotRun run, String state, RunResult result, int percent, List<Reason> reasons) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        RunFence.check(handle.createUpdate(
                        "update processing_run set ended_at = :now, result = :result, progress = :percent,"
                                + " reasons = :reasons where town_id = :town and id = :run and attempt = :attempt and ended_at is null")
                .bind("now", now)
                .bind("result", result.name())
                .bind("percent", percent)
                .bind("reasons", Reasons.toJson(reasons))
                .bind("town", town.id())
                .bind("run", run.run())
                .bind("attempt", run.attempt())
                .execute());
        handle.createUpdate(
                        "update lot set state = :state, ended_at = case when :state = 'GUARD' then null else :now::timestamptz end,"
                                + " reasons = :reasons where town_id = :town and id = :lot")
                .bind("state", state)
                .bind("now", now)
                .bind("reasons", Reasons.toJson(reasons))
                .bind("town", town.id())
                .bind("lot", run.lot())
                .execute();
        handle.createUpdate("delete from work_due where kind = 'LOT' and town_id = :town and item_id = :lot")
                .bind("town", town.id())
                .bind("lot", run.lot())
                .execute();
        LotWork.lookAgain(handle, town.id(), now.toInstant());
    }
}
