package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.LotLoad;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

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

    public List<FileFormat> files(LotRun run) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            return context.merged()
                    ? List.<FileFormat>of()
                    : new LotLoad(context.load(handle, clock.instant())).files();
        });
    }

    public FileVerdicts check(LotRun run, FileFormat file, int percent) {
        return database.read(handle -> {
            RunContext context = RunContext.of(handle, run);
            FileVerdicts verdicts =
                    new LotLoad(context.load(handle, clock.instant())).check(handle, Formats.named(file.name()));
            RunCounts.write(handle, run, List.of(verdicts));
            RunFence.progress(handle, run, percent);
            return verdicts;
        });
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

    /** Takes back what the checks have found, for them to be done again. */
    public void forget(LotRun run) {
        database.write(handle -> {
            RunContext context = RunContext.of(handle, run);
            context.stage().forgetVerdicts(handle);
        });
    }

    /** The cells that checks found at fault lie in staging in clear for a moment; in reports they are encrypted. */
    public void sealFaults(LotRun run) {
        database.write(handle -> {
            TownVault vault = vaults.of(town.id());
            RunContext.of(handle, run)
                    .stage()
                    .sealFaults(
                            handle,
                            value -> vault.encryptBytes(
                                    RejectedRows.PLACE + run.run(),
                                    value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        });
    }
}
