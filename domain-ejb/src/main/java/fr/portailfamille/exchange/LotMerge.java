package fr.portailfamille.exchange;

import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.billing.InvoiceFiles;
import fr.portailfamille.booking.WaitingLists;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.load.CheckedPart;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.exchange.load.LotLoad;
import fr.portailfamille.exchange.load.MergeWarning;
import fr.portailfamille.request.RequestDecided;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Third step of a run: everything that was checked goes into the live tables in one transaction, with the counters of
 * places, the counts of the run, its rejected rows and the use of the sequence. Until it commits, families see what was.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LotMerge {

    /** Share of a run that has been done when all is merged. */
    static final int PROGRESS = 95;

    private static final int HOLIDAYS_YEARS = 15;
    private static final int LOCK_SECONDS = 10;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Event<RequestDecided> decided;

    @Inject
    private InvoiceFiles documents;

    @Inject
    private WaitingLists waitingLists;

    @Inject
    private Clock clock;

    @Resource
    private SessionContext session;

    /** What a merge has found: of a dry run all that stays of it. */
    public record Merged(List<FileVerdicts> counts, List<MergeWarning> warnings) {}

    /**
     * Finds what a merge of many bookings needs besides them, over a connection of its own, while {@link #merge} writes them:
     * that keeps one processor of the database busy and no more.
     */
    public void findBeside(LotRun run) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            if (context.merged()) {
                return;
            }
            // Who changes a table's definition meanwhile waits for the merge, and this would wait for them.
            handle.execute("set local lock_timeout = '" + LOCK_SECONDS + "s'");
            Instant now = clock.instant();
            new LotLoad(context.load(handle, now)).findBeside(handle, holidays(now));
            // A late attempt fails here.
            RunFence.progress(handle, run, LotValidation.PROGRESS);
            ImportPlaces.reached(ImportPlaces.BEFORE_COMMIT_OF_BESIDE, context.flow());
        });
    }

    /**
     * Merges; of a dry run everything is done and then taken back, but for what is given.
     *
     * @param beside waits until {@link #findBeside} has ended; null where it was not begun
     */
    public Merged merge(LotRun run, List<FileVerdicts> checked, @Nullable Runnable beside) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            if (context.merged()) {
                return new Merged(List.of(), List.of());
            }
            Instant now = clock.instant();
            LotLoad load = new LotLoad(context.load(handle, now));
            List<FileVerdicts> merged =
                    load.merge(handle, checked, context.flow() == Flow.BOOKINGS ? holidays(now) : List.of(), beside);
            load.documents().ifPresent(referred -> documents.keep(run.run(), referred));
            load.decidedOtherRequests().forEach(request -> decided.fire(new RequestDecided(town.id(), request)));
            if (context.dryRun()) {
                Merged simulated = new Merged(merged, load.warnings(handle));
                ImportPlaces.reached(ImportPlaces.BEFORE_TAKING_BACK, context.flow());
                session.setRollbackOnly();
                return simulated;
            }
            // A city's first bookings free none. A family that cancels locks bookings before it rings for who waits;
            // here, where they are locked last of all, it would be the other way round.
            if (load.aside(handle).isEmpty()) {
                tellWhoWaits(context, now);
            }
            finish(handle, context, merged, now);
            load.attach(handle);
            ImportPlaces.reached(ImportPlaces.BEFORE_COMMIT_OF_MERGE, context.flow());
            return new Merged(merged, List.of());
        });
    }

    /**
     * Merges each file when it was checked, or a part of it was, while others are still being read. For flows that have
     * nothing but files of their own to merge.
     *
     * @param checked all files of the lot, in their order and that of their parts; its iterator waits for each
     * @param agreed whether a lot of which so much was checked may be merged; where it may not, or a file could not be read
     *     or checked, all is taken back
     * @return whether all was merged
     */
    public boolean mergeAsChecked(LotRun run, Iterable<CheckedPart> checked, Predicate<List<FileVerdicts>> agreed) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            Instant now = clock.instant();
            List<FileVerdicts> merged = new ArrayList<>();
            long before = 0;
            try {
                for (CheckedPart part : checked) {
                    ImportPlaces.reached(ImportPlaces.MID_VALIDATION, context.flow());
                    FileVerdicts file = new LotLoad(context.load(handle, now)).mergePart(handle, part, before);
                    before = part.lines().toEnd() ? 0 : file.created();
                    if (part.lines().toEnd()) {
                        merged.add(file);
                    }
                }
            } catch (CompletionException | CancellationException e) {
                // Who reads or checks tells what it was: here there is only nothing more to merge.
                session.setRollbackOnly();
                return false;
            }
            if (!agreed.test(merged)) {
                session.setRollbackOnly();
                return false;
            }
            ImportPlaces.reached(ImportPlaces.AFTER_VALIDATION, context.flow());
            tellWhoWaits(context, now);
            finish(handle, context, merged, now);
            ImportPlaces.reached(ImportPlaces.BEFORE_COMMIT_OF_MERGE, context.flow());
            return true;
        });
    }

    /** Of a dry run counts and warnings are kept, after all else was taken back. */
    public void keepSimulation(LotRun run, Merged merged) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            if (context.dryRun() && !context.merged()) {
                ImportPlaces.reached(ImportPlaces.AFTER_TAKING_BACK, context.flow());
                new LotLoad(context.load(handle, clock.instant())).keep(handle, merged.warnings());
                record(handle, context, merged.counts());
            }
        });
    }

    private List<LocalDate> holidays(Instant now) {
        var profile = towns.byId(town.id()).orElseThrow();
        PublicHolidays holidays = PublicHolidays.of(HolidayRegion.of(profile.holidayRegion()));
        LocalDate first = LocalDate.ofInstant(now, profile.zone())
                .minusYears(HOLIDAYS_YEARS)
                .withDayOfYear(1);
        return first.datesUntil(first.plusYears(2L * HOLIDAYS_YEARS))
                .filter(day -> holidays.on(day).isPresent())
                .toList();
    }

    /** Places may have come free. */
    private void tellWhoWaits(RunContext context, Instant now) {
        if (context.flow() != Flow.BILLING) {
            waitingLists.lookAgain(now);
        }
    }

    private void finish(Handle handle, RunContext context, List<FileVerdicts> merged, Instant now) {
        if (context.sequence() > 0) {
            useSequence(handle, context, now);
        }
        record(handle, context, merged);
    }

    private void useSequence(Handle handle, RunContext context, Instant now) {
        LotWork.useSequence(handle, town.id(), context.flow(), context.sequence());
        UnappliedLots.supersedeBefore(handle, town.id(), context.flow(), context.sequence(), now);
    }

    private void record(Handle handle, RunContext context, List<FileVerdicts> files) {
        LotRun run = context.run();
        RunCounts.write(handle, run, files);
        context.stage().keepFaults(handle, town.id());
        RunFence.check(handle.createUpdate(
                        "update processing_run set merged = true, progress = :percent"
                                + " where town_id = :town and id = :run and attempt = :attempt and not merged and ended_at is null")
                .bind("percent", PROGRESS)
                .bind("town", town.id())
                .bind("run", run.run())
                .bind("attempt", run.attempt())
                .execute());
    }
}
