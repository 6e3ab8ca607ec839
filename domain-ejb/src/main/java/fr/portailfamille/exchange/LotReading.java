package fr.portailfamille.exchange;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.ImportPlaces;
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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Brings the rows of a lot into staging. Of large lots the steps that follow are begun meanwhile: files that were read are
 * checked, and where nothing of the flow is there yet, what was checked is merged. Those steps then find their work done.
 */
@ApplicationScoped
public class LotReading {

    private static final Logger LOG = System.getLogger(LotReading.class.getName());

    /** Flows whose files are checked by looking at those before them only. */
    private static final Set<Flow> UPWARD = EnumSet.of(Flow.REFERENCE, Flow.INDIVIDUALS);

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

    /** @throws fr.portailfamille.exchange.format.RefusedException when the content is not what the lot says */
    void read(LotRun run) {
        RunContext context = staging.begin(run);
        if (context.merged()) {
            return;
        }
        try (LotContent content = open(context)) {
            staging.start(run, content);
            if (UPWARD.contains(context.flow()) && content.allRows() >= MANY) {
                readAndCheck(context, content);
            } else {
                stage(context, content, file -> {});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAndCheck(RunContext context, LotContent content) {
        LotRun run = context.run();
        ChecksAhead checks = new ChecksAhead(
                content.formats(),
                file -> gate.inTown(run.town(), () -> validation.check(run, file, LotStaging.PROGRESS)),
                executor);
        try {
            if (meetsNothing(context, content)) {
                readAndMerge(context, content, checks);
            } else {
                stage(context, content, checks::staged);
            }
            checks.await();
        } finally {
            checks.leave();
        }
    }

    /** Rows that nobody sees yet make nobody wait, however long the transaction that brings them. */
    private boolean meetsNothing(RunContext context, LotContent content) {
        return context.flow() == Flow.INDIVIDUALS
                && !context.dryRun()
                && content.allRows() <= TOO_MANY_AT_ONCE
                && merge.isFirst(context.run());
    }

    /** This thread merges and waits; what it waits for is done by others, which wait for nothing. */
    private void readAndMerge(RunContext context, LotContent content, ChecksAhead checks) {
        LotRun run = context.run();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> gate.doInTown(run.town(), () -> stage(context, content, checks::staged)), executor);
        reading.whenComplete((done, failure) -> {
            if (failure != null) {
                checks.stop();
            }
        });
        try {
            merge.mergeAsChecked(run, checks.inOrder(), checked -> mayMerge(run, checked));
        } catch (RuntimeException e) {
            // All of it was taken back; the step that merges does it again, or fails for the same reason.
            LOG.log(Level.INFO, "Run " + run.run() + " could not be merged while it was read", e);
        } finally {
            awaitRead(reading);
        }
    }

    private boolean mayMerge(LotRun run, List<FileVerdicts> checked) {
        validation.sealFaults(run);
        return Guard.holds(checked, validation.agreed(run)).isEmpty();
    }

    private static void awaitRead(CompletableFuture<Void> reading) {
        try {
            reading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void stage(RunContext context, LotContent content, Consumer<FileFormat> staged) {
        LotRun run = context.run();
        LotContent.Piece piece;
        do {
            piece = staging.stageNext(run, content);
            LotContent.FileRead read = piece.ended();
            if (read != null) {
                staged.accept(read.format());
            }
            ImportPlaces.reached(ImportPlaces.MID_STAGING, context.flow());
        } while (!piece.last());
        if (context.flow() == Flow.BILLING) {
            LotDocuments documents = content.documents();
            while (staging.storeNext(run, documents)) {
                ImportPlaces.reached(ImportPlaces.MID_STAGING, context.flow());
            }
        }
        ImportPlaces.reached(ImportPlaces.AFTER_STAGING, context.flow());
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
}
