package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.exchange.outgoing.RequestsExported;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** « Export des demandes » in « État des traitements »: a line for each lot that was cut. */
@ApplicationScoped
class ExportRuns {

    @Inject
    private FinishedRuns runs;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    void add(@Observes RequestsExported exported) {
        long run = runs.add("Enfance", "EXPORT_REQUESTS", exported.startedAt(), exported.requests());
        database.write(handle -> handle.createUpdate(
                        "update processing_run set outgoing_sequence = :sequence where town_id = :town and id = :run")
                .bind("sequence", exported.sequence())
                .bind("town", town.id())
                .bind("run", run)
                .execute());
    }
}
