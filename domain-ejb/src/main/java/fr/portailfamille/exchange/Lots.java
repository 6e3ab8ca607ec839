package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVaults;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the business application may ask about lots it has sent. */
@Stateless
@RolesAllowed({"EXCHANGE", "SYSTEM"})
public class Lots {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownVaults vaults;

    /** @param dryRun the latest simulation of that lot, instead of the lot itself */
    public Optional<LotStatus> status(UUID lotId, boolean dryRun) {
        return database.read(handle -> LotRows.status(handle, town.id(), lotId, dryRun));
    }

    /** Rejected rows and warnings of the lot's run, as CSV. Nothing where the lot is not known: ask for its state first. */
    public void writeRejects(UUID lotId, boolean dryRun, Writer out) {
        database.write(handle -> {
            List<Long> run = handle.createQuery(
                            "select run_id from lot where town_id = :town and lot_id = :lot and dry_run = :dry"
                                    + " order by id desc limit 1")
                    .bind("town", town.id())
                    .bind("lot", lotId)
                    .bind("dry", dryRun)
                    .mapTo(Long.class)
                    .list();
            RejectedRows.writeCsv(
                    handle,
                    vaults.of(town.id()),
                    town.id(),
                    run.isEmpty() || run.get(0) == null ? -1 : run.get(0),
                    out);
        });
    }
}
