package fr.portailfamille.agent;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The profiles of the running transaction's town. */
@ApplicationScoped
class Profiles {

    /** The profile that every town begins with; agents may rename it like any other. */
    private static final String ADMINISTRATOR = "Administrateur";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** A profile that opens every menu; made where the town has none. */
    long administrator() {
        return database.read(handle -> {
            handle.createUpdate("insert into profile (town_id, name, all_menus) select :town, :name, true "
                            + "where not exists (select from profile where town_id = :town and all_menus) "
                            + "on conflict (town_id, name) do update set all_menus = true")
                    .bind("town", town.id())
                    .bind("name", ADMINISTRATOR)
                    .execute();
            return handle.createQuery("select min(id) from profile where town_id = :town and all_menus")
                    .bind("town", town.id())
                    .mapTo(Long.class)
                    .one();
        });
    }

    void give(long agent, long profile) {
        database.write(handle -> {
            int given = handle.createUpdate("insert into agent_profile (town_id, agent_id, profile_id) "
                            + "values (:town, :agent, :profile) on conflict do nothing")
                    .bind("town", town.id())
                    .bind("agent", agent)
                    .bind("profile", profile)
                    .execute();
            if (given > 0) {
                handle.createUpdate("update agent set version = version + 1 where town_id = :town and id = :agent")
                        .bind("town", town.id())
                        .bind("agent", agent)
                        .execute();
            }
        });
    }
}
