package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.CheckedPart;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.Lines;
import fr.portailfamille.exchange.load.LotLoad;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Second step of a run: what each staged row means, file by file, each in a transaction of its own. */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LotValidation {

    /** Share of a run that has been done when all is checked. */
    static final int PROGRESS = 55;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    /** How many rows of a file an agent has agreed to see rejected, and archived. */
    public record Agreed(long rejected, long archived) {

        static final Agreed TO_NOTHING = new Agreed(0, 0);
    }

    public List<FileFormat> files(LotRun run) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            return context.merged()
                    ? List.<FileFormat>of()
                    : new LotLoad(context.load(handle, clock.instant())).files();
        });
    }

    /** What was found about the first rows of a large file; empty where it is to be checked as a whole. */
    public Optional<CheckedPart> checkFirst(LotRun run, FileFormat file) {
        return database.read(handle -> {
            RunContext.redoneAfterCrash(handle);
            return new LotLoad(RunContext.of(handle, run).load(handle, clock.instant()))
                    .checkFirst(handle, Formats.named(file.name()));
        });
    }

    /**
     * What was found about a file that is merged while others are checked.
     *
     * @param lines those that {@link #checkFirst} has not checked
     */
    public CheckedPart checkOthers(LotRun run, FileFormat file, Lines lines) {
        return database.read(handle -> {
            RunContext.redoneAfterCrash(handle);
            RunContext context = RunContext.of(handle, run);
            CheckedPart part = new LotLoad(context.load(handle, clock.instant()))
                    .checkOthers(handle, Formats.named(file.name()), lines);
            keep(handle, context, part.verdicts(), LotStaging.PROGRESS);
            return part;
        });
    }

    /** What was found about a file; it is checked unless this attempt has done so already. */
    public FileVerdicts check(LotRun run, FileFormat file, int percent) {
        return database.read(handle -> {
            RunContext.redoneAfterCrash(handle);
            RunContext context = RunContext.of(handle, run);
            FileFormat format = Formats.named(file.name());
            LotLoad load = new LotLoad(context.load(handle, clock.instant()));
            if (load.checked(handle, format)) {
                return RunCounts.read(handle, run, format);
            }
            FileVerdicts verdicts = load.check(handle, format);
            keep(handle, context, verdicts, percent);
            return verdicts;
        });
    }

    private void keep(Handle handle, RunContext context, FileVerdicts verdicts, int percent) {
        sealFaults(handle, context);
        RunCounts.write(handle, context.run(), List.of(verdicts));
        RunFence.progress(handle, context.run(), percent);
    }

    /** The cells that checks find at fault are in staging in clear until here: nobody but their transaction sees them so. */
    private void sealFaults(Handle handle, RunContext context) {
        TownVault vault = vaults.of(town.id());
        context.stage()
                .sealFaults(
                        handle,
                        value -> vault.encryptBytes(
                                RejectedRows.PLACE + context.run().run(), value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Lines of rows that will be written and have secrets that were left out when they were read. */
    public BitSet lackSecrets(LotRun run, FileVerdicts checked) {
        if (checked.created() + checked.changed() == 0
                || checked.file().columns().stream().noneMatch(Column::secret)) {
            return new BitSet();
        }
        return database.read(handle -> new LotLoad(RunContext.of(handle, run).load(handle, clock.instant()))
                .lackSecrets(handle, Formats.named(checked.file().name())));
    }

    /** What the checks of this attempt have found. */
    public List<FileVerdicts> verdicts(LotRun run) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            return new LotLoad(context.load(handle, clock.instant()))
                    .files().stream()
                            .map(file -> RunCounts.read(handle, run, file))
                            .toList();
        });
    }

    /** The effect to which an agent agreed, by file; nothing where the lot was never held. */
    public Map<String, Agreed> agreed(LotRun run) {
        return database.read(handle -> {
            Long confirmed = RunContext.of(handle, run).confirmedRun();
            Map<String, Agreed> agreed = new HashMap<>();
            if (confirmed != null) {
                handle.createQuery("select file, rejected, missing from processing_file"
                                + " where town_id = :town and run_id = :run")
                        .bind("town", town.id())
                        .bind("run", confirmed)
                        .map((row, context) -> Map.entry(
                                row.getString("file"), new Agreed(row.getLong("rejected"), row.getLong("missing"))))
                        .forEach(entry -> agreed.put(entry.getKey(), entry.getValue()));
            }
            return agreed;
        });
    }

    /** Takes back what the checks have found, for them to be done again. */
    public void forget(LotRun run) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            context.stage().forgetVerdicts(handle);
        });
    }
}
