package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Scratch;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.town.TownDirectory;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * « Corriger et renvoyer », for agents: the rejected rows of a run as they came, and the same rows back from a spreadsheet
 * as a lot that uses no sequence of the business application.
 */
@Stateless
@RolesAllowed("MENU_ETAT_DES_TRAITEMENTS")
public class CorrectionDesk {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private StoredLots lots;

    @Inject
    private Clock clock;

    @Resource
    private SessionContext context;

    /**
     * The rejected rows of a file of the run, as they came, with their reasons. They may hold anything a family or the town
     * entered: who took them is kept.
     *
     * @return false where they are not there any more: what came is erased after 30 days
     */
    public boolean writeRejected(long run, String file, Writer out) {
        return database.read(handle -> {
            RunLot lot = RunRows.lot(handle, town.id(), run).orElse(null);
            if (lot == null || !lot.stored()) {
                return false;
            }
            LotDecisions.add(
                    handle, town.id(), lot.id(), run, LotDecision.Kind.CORRECTIONS_READ, agent().id(), clock.instant());
            try (ZipFile zip = StoredLots.unpacked(n -> lots.chunk(handle, lot.id(), n))) {
                new RejectedOriginals(Formats.named(file), town.id(), run).write(handle, zip, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
    }

    /**
     * Takes in a corrected file.
     *
     * @param name the name of the file, which begins with that of a file of the contract
     * @param run the run whose rejected rows they were, where that is known
     * @throws RefusedException with a code of the contract, {@code UNKNOWN_FILE} or {@code NO_ROWS}
     */
    public Receipt receive(Path csv, String name, @Nullable Long run, boolean dryRun) {
        CorrectedFile corrected = CorrectedFile.of(csv, name);
        String code = towns.byId(town.id()).orElseThrow().code();
        LotLimits limits = LotLimits.fromEnvironment();
        try {
            Path zip = Scratch.file(".zip");
            try {
                return database.read(handle -> {
                    Optional<CorrectedFile.Origin> origin = run == null ? Optional.empty() : origin(handle, run);
                    LotInspection.Inspected lot =
                            pack(corrected, zip, code, origin.orElse(CorrectedFile.Origin.NONE), limits);
                    lots.store(
                            handle,
                            zip,
                            lot,
                            new StoredLots.Way(Optional.of(agent()), dryRun, true, origin.isPresent() ? run : null));
                    return new Receipt(
                            LotRows.status(handle, town.id(), lot.manifest().lotId(), dryRun)
                                    .orElseThrow(),
                            false);
                });
            } finally {
                Files.deleteIfExists(zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LotInspection.Inspected pack(
            CorrectedFile corrected, Path zip, String code, CorrectedFile.Origin origin, LotLimits limits) {
        try {
            return corrected.pack(zip, code, origin, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<CorrectedFile.Origin> origin(Handle handle, long run) {
        return handle.createQuery("""
                        select l.universe, l.produced_at, l.includes_requests_up_to
                          from processing_run r join lot l on l.town_id = r.town_id and l.id = r.lot_id
                         where r.town_id = :town and r.id = :run
                        """)
                .bind("town", town.id())
                .bind("run", run)
                .map((row, context) -> new CorrectedFile.Origin(
                        row.getString("universe"),
                        RunRows.instant(row, "produced_at"),
                        row.getString("includes_requests_up_to")))
                .findOne();
    }

    private Caller agent() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.AGENT)
                .orElseThrow(() -> new IllegalStateException("The caller is no agent"));
    }
}
