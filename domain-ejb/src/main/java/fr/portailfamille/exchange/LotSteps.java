package fr.portailfamille.exchange;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.exchange.load.LotLoad;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of applying a lot, for the job that runs them inside the town's gate. Each may be done again after a crash: a
 * new attempt starts over from the stored lot, unless the merge has committed.
 */
@ApplicationScoped
public class LotSteps {

    private static final int MERGES = 5;

    @Inject
    private LotReading reading;

    @Inject
    private LotValidation validation;

    @Inject
    private LotAside aside;

    @Inject
    private LotMerge merge;

    @Inject
    private LotOutcome outcome;

    @EJB
    private TownGate gate;

    @Resource
    private ManagedExecutorService executor;

    /** How a step ended. */
    public enum End {
        DONE,
        /** All is in the live tables. */
        MERGED,
        /** The lot was refused or is held: there is nothing more to do. */
        STOPPED
    }

    public End read(LotRun run) {
        try {
            return reading.read(run) ? End.MERGED : End.DONE;
        } catch (RefusedException refused) {
            outcome.refuse(run, reason(refused));
            return End.STOPPED;
        }
    }

    /** Checks; the guard may hold the lot. */
    public End validate(LotRun run) {
        List<FileVerdicts> checked = check(run);
        List<Reason> held = Guard.holds(checked, validation.agreed(run));
        if (!held.isEmpty()) {
            outcome.hold(run, checked, held);
            reached(ImportPlaces.AFTER_HOLD, checked);
            return End.STOPPED;
        }
        reached(ImportPlaces.AFTER_VALIDATION, checked);
        return End.DONE;
    }

    private List<FileVerdicts> check(LotRun run) {
        putAside(run);
        List<FileVerdicts> checked = new ArrayList<>();
        List<FileFormat> files = validation.files(run);
        for (FileFormat file : files) {
            int percent = LotStaging.PROGRESS
                    + (LotValidation.PROGRESS - LotStaging.PROGRESS) * (checked.size() + 1) / files.size();
            FileVerdicts found = validation.check(run, file, percent);
            reading.sealLate(run, found);
            checked.add(found);
            reached(ImportPlaces.MID_VALIDATION, checked);
        }
        return checked;
    }

    /** By two hands: nothing is written for each row but the row, which keeps one processor busy and no more. */
    private void putAside(LotRun run) {
        if (aside.begin(run)) {
            OtherHand other = other(run, () -> aside.fill(run, 1, 2));
            other.during(() -> {
                aside.fill(run, 0, 2);
                ImportPlaces.reached(ImportPlaces.HALF_ASIDE, Flow.BOOKINGS);
            });
        }
    }

    private OtherHand other(LotRun run, Runnable work) {
        return new OtherHand(() -> gate.doInTown(run.town(), work), executor);
    }

    /** Merges what was checked. Where a family was quicker in the meantime, the check is done again. */
    public void merge(LotRun run) {
        List<FileVerdicts> checked = validation.verdicts(run);
        for (int i = 1; ; i++) {
            try {
                prepareAside(run);
                merge.keepSimulation(run, merged(run, checked));
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

    private LotMerge.Merged merged(LotRun run, List<FileVerdicts> checked) {
        if (!LotLoad.mergesBookings(checked)) {
            return merge.merge(run, checked, null);
        }
        OtherHand other = other(run, () -> merge.findBeside(run));
        return other.during(() -> merge.merge(run, checked, other::await));
    }

    /** What would keep others waiting in the transaction that merges is done before it, each in one of its own. */
    private void prepareAside(LotRun run) {
        if (aside.refer(run)) {
            ImportPlaces.reached(ImportPlaces.ASIDE_REFERRED, Flow.BOOKINGS);
            aside.validate(run);
            ImportPlaces.reached(ImportPlaces.ASIDE_VALIDATED, Flow.BOOKINGS);
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
