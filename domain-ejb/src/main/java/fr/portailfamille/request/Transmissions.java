package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;

/**
 * Requests that the business application has taken: what waits for its decision is transmitted from then on, and the
 * history tells. Runs in the caller's transaction; to be told once of each request.
 */
@ApplicationScoped
public class Transmissions {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    public void transmitted(Collection<Long> requests, Instant at) {
        Object[] ids = requests.stream().sorted().toArray();
        database.write(handle -> {
            handle.createQuery(
                            "select id from request where town_id = :town and id = any (:ids) order by id for no key update")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .mapTo(long.class)
                    .list();
            handle.createUpdate("""
                            update request_line set state = 'TRANSMITTED', version = version + 1
                             where town_id = :town and request_id = any (:ids) and state = 'SUBMITTED'""")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .execute();
            handle.createUpdate("""
                            insert into request_event (town_id, id, request_id, kind, at)
                            select :town, nextval('request_event_seq'), id, 'TRANSMITTED', :at
                              from unnest(:ids) as taken (id)""")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .bind("at", at)
                    .execute();
        });
    }
}
