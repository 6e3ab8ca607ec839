package fr.portailfamille.exchange;

import static fr.portailfamille.exchange.load.FileContent.Sealing.AT_ONCE;
import static fr.portailfamille.exchange.load.FileContent.Sealing.LATE;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.LotValidation.Agreed;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.CheckedPart;
import fr.portailfamille.exchange.load.FileContent;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.exchange.load.Lines;
import fr.portailfamille.exchange.load.LotContent;
import fr.portailfamille.exchange.load.LotDocuments;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Brings the rows of a lot into staging. Of large lots the steps that follow are begun meanwhile: files are read and
 * checked side by side, and where nothing of the flow is there yet, what was checked is merged. Those steps then find their
 * work done.
 */
@ApplicationScoped
public class LotReading {

    private static final Logger LOG = System.getLogger(LotReading.class.getName());

    /** Flows whose files are checked by looking at those before them only. */
    private static final Set<Flow> UPWARD = EnumSet.of(Flow.REFERENCE, Flow.INDIVIDUALS, Flow.REGISTRATIONS);

    /** Flows whose first rows nobody sees before the last, as long as they are not committed. */
    private static final Set<Flow> MERGED_MEANWHILE = EnumSet.of(Flow.INDIVIDUALS, Flow.REGISTRATIONS);

    /** Fewer rows are checked in no time. */
    private static final long MANY = 1_000;

    /** More rows would keep one transaction open for minutes. */
    private static final long TOO_MANY_AT_ONCE = 1_000_000;

    @Inject
    private LotStaging staging;

    @Inject
    private LotValidation validation;

    @Inject
    private LotMerge merge;

    @Inject
    private TownVaults vaults;

    @EJB
    private TownGate gate;

    @Resource
    private ManagedExecutorService executor;

    /**
     * @return whether all was merged meanwhile, or by an earlier attempt
     * @throws fr.portailfamille.exchange.format.RefusedException when the content is not what the lot says
     */
    boolean read(LotRun run) {
        RunContext context = staging.begin(run);
        if (context.merged()) {
            return true;
        }
        try (LotContent content = open(context)) {
            if (UPWARD.contains(context.flow()) && content.allRows() >= MANY) {
                return readAndCheck(context, content);
            }
            readAll(context, content);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether all was merged meanwhile */
    private boolean readAndCheck(RunContext context, LotContent content) {
        LotRun run = context.run();
        boolean meanwhile = context.first() && mayBeMergedMeanwhile(context, content);
        // Where there was nothing, all is new.
        FileContent.Sealing sealing = context.first() ? AT_ONCE : LATE;
        AtomicInteger unread = new AtomicInteger(content.formats().size());
        LotPipeline pipeline = new LotPipeline(
                content.formats(),
                file -> {
                    gate.doInTown(run.town(), () -> stage(context, content, file, sealing));
                    if (unread.decrementAndGet() == 0) {
                        ImportPlaces.reached(ImportPlaces.AFTER_STAGING, context.flow());
                    }
                },
                (file, part) -> gate.inTown(run.town(), () -> {
                    if (meanwhile) {
                        return checkForMerging(run, file, part);
                    }
                    return new CheckedPart(check(run, content, file, sealing), Lines.ALL);
                }),
                executor);
        try {
            pipeline.begin();
            boolean merged = meanwhile && mergeMeanwhile(context, pipeline);
            pipeline.await();
            return merged;
        } finally {
            pipeline.leave();
        }
    }

    private CheckedPart checkForMerging(LotRun run, FileFormat file, Consumer<CheckedPart> first) {
        Optional<CheckedPart> part = validation.checkFirst(run, file);
        part.ifPresent(first);
        return validation.checkOthers(
                run, file, part.map(checked -> checked.lines().others()).orElse(Lines.ALL));
    }

    private FileVerdicts check(LotRun run, LotContent content, FileFormat format, FileContent.Sealing sealing) {
        FileVerdicts checked = validation.check(run, format, LotStaging.PROGRESS);
        BitSet secret = sealing == LATE ? validation.lackSecrets(run, checked) : new BitSet();
        if (!secret.isEmpty()) {
            sealLate(run, content, format, secret);
        }
        return checked;
    }

    private void sealLate(LotRun run, LotContent content, FileFormat format, BitSet lines) {
        try (FileContent file = content.open(format, LATE)) {
            staging.sealLate(run, file, lines);
            ImportPlaces.reached(ImportPlaces.MID_SEALING, Formats.flowOf(format));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a file that was checked anew, by which other rows may be changed than before. */
    void sealLate(LotRun run, FileVerdicts checked) {
        BitSet lines = validation.lackSecrets(run, checked);
        if (!lines.isEmpty()) {
            try (LotContent content = open(staging.context(run))) {
                sealLate(run, content, checked.file(), lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Rows that nobody sees yet make nobody wait, however long the transaction that brings them. */
    private static boolean mayBeMergedMeanwhile(RunContext context, LotContent content) {
        return MERGED_MEANWHILE.contains(context.flow()) && !context.dryRun() && content.allRows() <= TOO_MANY_AT_ONCE;
    }

    /** This thread merges and waits; what it waits for is done by others, which wait for nothing. */
    private boolean mergeMeanwhile(RunContext context, LotPipeline pipeline) {
        LotRun run = context.run();
        try {
            Map<String, Agreed> agreed = context.confirmedRun() == null ? Map.of() : validation.agreed(run);
            return merge.mergeAsChecked(
                    run,
                    pipeline.inOrder(),
                    checked -> Guard.holds(checked, agreed).isEmpty());
        } catch (RuntimeException e) {
            // All of it was taken back; the step that merges does it again, or fails for the same reason.
            LOG.log(Level.INFO, "Run " + run.run() + " could not be merged while it was read", e);
            return false;
        }
    }

    private void readAll(RunContext context, LotContent content) {
        if (context.flow() == Flow.BOOKINGS && content.allRows() >= MANY) {
            LotRun run = context.run();
            OtherHand other =
                    new OtherHand(() -> gate.doInTown(run.town(), () -> staging.registrations(run)), executor);
            other.during(() -> stageAll(context, content));
        } else {
            stageAll(context, content);
        }
        if (context.flow() == Flow.BILLING) {
            LotDocuments documents = content.documents();
            while (staging.storeNext(context.run(), documents)) {
                ImportPlaces.reached(ImportPlaces.MID_STAGING, context.flow());
            }
        }
        ImportPlaces.reached(ImportPlaces.AFTER_STAGING, context.flow());
    }

    private void stageAll(RunContext context, LotContent content) {
        content.formats().forEach(file -> stage(context, content, file, AT_ONCE));
    }

    private void stage(RunContext context, LotContent content, FileFormat format, FileContent.Sealing sealing) {
        try (FileContent file = content.open(format, sealing)) {
            boolean ended = false;
            while (!ended) {
                ended = staging.stageNext(context.run(), content, file);
                ImportPlaces.reached(ImportPlaces.MID_STAGING, context.flow());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                LotLimits.fromEnvironment().field(),
                context.stage(),
                vault,
                RejectedRows.PLACE + context.run().run());
    }
}
