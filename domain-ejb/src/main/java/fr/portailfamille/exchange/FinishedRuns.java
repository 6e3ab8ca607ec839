package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/**
 * The line of « État des traitements » of a job that is one transaction, written in that transaction: it is there when
 * the job's work is, or not at all.
 */
@ApplicationScoped
public class FinishedRuns {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /**
     * Writes the line, ended now.
     *
     * @param type names the job, as {@code DIGEST}; screens have its label
     * @param rows how many were handled, each of them with success
     * @return the run
     */
    public long add(String universe, String type, Instant startedAt, long rows) {
        return database.read(handle -> handle.createQuery("""
                        insert into processing_run (town_id, id, universe, type, started_at, ended_at, progress, received,
                                                    changed, result)
                        values (:town, nextval('processing_run_seq'), :universe, :type, :started, :now, 100, :rows, :rows,
                                'DONE')
                        returning id""")
                .bind("town", town.id())
                .bind("universe", universe)
                .bind("type", type)
                .bind("started", startedAt)
                .bind("now", clock.instant())
                .bind("rows", rows)
                .mapTo(long.class)
                .one());
    }
}
