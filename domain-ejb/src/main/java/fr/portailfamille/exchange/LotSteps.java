package fr.portailfamille.exchange;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.LotValidation.Agreed;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.exchange.load.LotContent;
import fr.portailfamille.exchange.load.LotDocuments;
import fr.portailfamille.exchange.load.LotLoad;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The steps of applying a lot, for the job that runs them inside the town's gate. Each may be done again after a crash: a
 * new attempt starts over from the stored lot, unless the merge has committed.
 */
@ApplicationScoped
public class LotSteps {

    private static final int MERGES = 5;

    /** Flows whose files are checked by looking at those before them only. */
    private static final Set<Flow> UPWARD = EnumSet.of(Flow.REFERENCE, Flow.INDIVIDUALS);

    /** Fewer rows are checked in no time. */
    private static final long MANY = 1_000;

    @Inject
    private LotStaging staging;

    @Inject
    private LotValidation validation;

    @Inject
    private LotAside aside;

    @Inject
    private LotMerge merge;

    @Inject
    private LotOutcome outcome;

    @Inject
    private TownVaults vaults;

    @EJB
    private TownGate gate;

    @Resource
    private ManagedExecutorService executor;

    /** How a step ended. */
    public enum End {
        DONE,
        /** The lot was refused or is held: there is nothing more to do. */
        STOPPED
    }

    public End read(LotRun run) {
        RunContext context = staging.begin(run);
        if (context.merged()) {
            return End.DONE;
        }
        ChecksAhead checks = new ChecksAhead(
                file -> gate.doInTown(run.town(), () -> validation.check(run, file, LotStaging.PROGRESS)), executor);
        try (LotContent content = open(context)) {
            staging.start(run, content);
            boolean ahead = UPWARD.contains(context.flow()) && content.allRows() >= MANY;
            LotContent.Piece piece;
            do {
                piece = staging.stageNext(run, content);
                LotContent.FileRead read = piece.ended();
                if (read != null && ahead) {
                    checks.staged(read.format());
                }
                ImportPlaces.reached(ImportPlaces.MID_STAGING, context.flow());
            } while (!piece.last());
            if (context.flow() == Flow.BILLING) {
                LotDocuments documents = content.documents();
                while (staging.storeNext(run, documents)) {
                    ImportPlaces.reached(ImportPlaces.MID_STAGING, context.flow());
                }
            }
            checks.await();
        } catch (RefusedException refused) {
            checks.leave();
            outcome.refuse(run, reason(refused));
            return End.STOPPED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            checks.leave();
        }
        ImportPlaces.reached(ImportPlaces.AFTER_STAGING, context.flow());
        return End.DONE;
    }

    private LotContent open(RunContext context) throws IOException {
        Manifest manifest = Manifest.stored(context.manifest());
        List<LotContent.Listed> files = manifest.files().stream()
                .map(file -> new LotContent.Listed(
                        Formats.of(manifest.flow(), file.name()).orElseThrow(), file.rows()))
                .sorted(Comparator.comparing(file -> Formats.of(manifest.flow()).indexOf(file.format())))
                .toList();
        TownVault vault = vaults.of(context.run().town());
        return new LotContent(
                StoredLots.unpacked(n -> staging.chunk(context.run(), n)),
                files,
                context.stage(),
                vault,
                RejectedRows.PLACE + context.run().run());
    }

    /** Checks, and merges unless the guard holds the lot. */
    public End validate(LotRun run) {
        List<FileVerdicts> checked = check(run);
        List<Reason> held = guard(checked, validation.agreed(run));
        if (!held.isEmpty()) {
            outcome.hold(run, checked, held);
            return End.STOPPED;
        }
        reached(ImportPlaces.AFTER_VALIDATION, checked);
        return End.DONE;
    }

    private List<FileVerdicts> check(LotRun run) {
        List<FileVerdicts> checked = new ArrayList<>();
        List<FileFormat> files = validation.files(run);
        for (FileFormat file : files) {
            int percent = LotStaging.PROGRESS
                    + (LotValidation.PROGRESS - LotStaging.PROGRESS) * (checked.size() + 1) / files.size();
            checked.add(validation.check(run, file, percent));
            reached(ImportPlaces.MID_VALIDATION, checked);
        }
        if (!files.isEmpty()) {
            validation.sealFaults(run);
        }
        return checked;
    }

    /**
     * What holds a lot, per file. What an agent agreed to does not hold it again, unless the effect has grown since by more
     * rows than the guard lets pass anyway: families may have booked, and other lots been applied, while it was held.
     */
    static List<Reason> guard(List<FileVerdicts> checked, Map<String, Agreed> agreed) {
        List<Reason> reasons = new ArrayList<>();
        for (FileVerdicts file : checked) {
            Agreed seen = agreed.getOrDefault(file.file().name(), Agreed.TO_NOTHING);
            if (Guard.rejectsTooMany(file.rejected(), file.received())
                    && Guard.hasGrown(file.rejected(), seen.rejected())) {
                reasons.add(held(file, "GUARD_REJECTED", file.rejected(), file.received(), seen.rejected()));
            }
            if (Guard.archivesTooMany(file.missing(), file.standing())
                    && Guard.hasGrown(file.missing(), seen.archived())) {
                reasons.add(held(file, "GUARD_ARCHIVED", file.missing(), file.standing(), seen.archived()));
            }
        }
        return reasons;
    }

    private static Reason held(FileVerdicts file, String wording, long many, long of, long agreed) {
        String grown = agreed == 0 ? "" : String.format(Locale.FRENCH, " (%d avaient été confirmées)", agreed);
        String sentence = RejectReasons.sentence(wording, null, Guard.share(many, of) + grown);
        return new Reason("GUARD", file.file().name(), null, null, sentence);
    }

    /** Merges what was checked. Where a family was quicker in the meantime, the check is done again. */
    public void merge(LotRun run) {
        List<FileVerdicts> checked = validation.verdicts(run);
        for (int i = 1; ; i++) {
            try {
                prepareAside(run);
                merge.keepSimulation(run, merge.merge(run, checked));
                reached(ImportPlaces.AFTER_MERGE_BEFORE_REPORT, checked);
                return;
            } catch (RuntimeException e) {
                if (i == MERGES || !changedMeanwhile(e)) {
                    throw e;
                }
                validation.forget(run);
                checked = check(run);
            }
        }
    }

    /** What would keep others waiting in the transaction that merges is done before it, each in one of its own. */
    private void prepareAside(LotRun run) {
        if (aside.refer(run)) {
            aside.validate(run);
            aside.forbidOthers(run);
            ImportPlaces.reached(ImportPlaces.BOOKINGS_ASIDE, Flow.BOOKINGS);
            aside.confirmOthers(run);
        }
    }

    /** After the merge of a run that was taken up again nothing was checked: another attempt has passed there already. */
    private static void reached(String place, List<FileVerdicts> checked) {
        checked.stream().findFirst().ifPresent(file -> ImportPlaces.reached(place, Formats.flowOf(file.file())));
    }

    private static boolean changedMeanwhile(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (LotLoad.changedMeanwhile(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Statistics are gathered when all is visible: nobody waits for them. */
    public void report(LotRun run) {
        outcome.report(run);
        outcome.refreshStatistics(run);
    }

    private static Reason reason(RefusedException refused) {
        return new Reason(
                refused.code(),
                refused.file(),
                refused.line(),
                refused.column(),
                RejectReasons.sentence(refused.code(), refused.column(), refused.detail()));
    }
}
