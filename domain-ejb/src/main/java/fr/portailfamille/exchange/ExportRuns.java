package fr.portailfamille.exchange;

import fr.portailfamille.exchange.outgoing.RequestsExported;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** « Export des demandes » in « État des traitements »: a line for each lot that was cut. */
@ApplicationScoped
class ExportRuns {

    @Inject
    private FinishedRuns runs;

    void add(@Observes RequestsExported exported) {
        runs.add("Enfance", "EXPORT_REQUESTS", exported.startedAt(), exported.requests());
    }
}
