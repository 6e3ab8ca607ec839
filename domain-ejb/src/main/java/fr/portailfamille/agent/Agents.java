package fr.portailfamille.agent;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Email;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The agents of the running transaction's town. */
@ApplicationScoped
class Agents {

    private static final String SELECT = """
            select a.id, a.email, a.last_name, a.first_name, a.password_hash, a.state, a.version,
                   coalesce((select bool_or(p.all_menus) from agent_profile ap
                               join profile p on p.town_id = ap.town_id and p.id = ap.profile_id
                              where ap.town_id = :town and ap.agent_id = a.id), false) as all_menus,
                   array(select m.menu from agent_profile ap
                           join profile_menu m on m.town_id = ap.town_id and m.profile_id = ap.profile_id
                          where ap.town_id = :town and ap.agent_id = a.id) as menus
              from agent a
             where a.town_id = :town and\s""";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    Optional<Agent> byEmail(Email email) {
        return find("a.email_key = :key", email.key());
    }

    Optional<Agent> byId(long id) {
        return find("a.id = :key", id);
    }

    private Optional<Agent> find(String condition, Object key) {
        return database.read(handle -> handle.createQuery(SELECT + condition)
                .bind("town", town.id())
                .bind("key", key)
                .map((row, context) -> agent(row))
                .findOne());
    }

    private static Agent agent(ResultSet row) throws SQLException {
        Set<Menu> menus = row.getBoolean("all_menus") ? EnumSet.allOf(Menu.class) : EnumSet.noneOf(Menu.class);
        for (String menu : (String[]) row.getArray("menus").getArray()) {
            menus.add(Menu.valueOf(menu));
        }
        return new Agent(
                row.getLong("id"),
                row.getString("email"),
                row.getString("last_name"),
                row.getString("first_name"),
                row.getString("password_hash"),
                Agent.State.valueOf(row.getString("state")),
                row.getInt("version"),
                menus);
    }

    /** A new agent without a password, who has still to open the link. */
    long invite(Email email, Instant now) {
        return database.read(
                handle -> handle.createQuery("insert into agent (town_id, email, email_key, state, created_at) "
                                + "values (:town, :email, :key, 'INVITED', :now) returning id")
                        .bind("town", town.id())
                        .bind("email", email.value())
                        .bind("key", email.key())
                        .bind("now", now)
                        .mapTo(Long.class)
                        .one());
    }

    /** The password, and with the first one the account works; whoever was disabled meanwhile stays so. */
    boolean setPassword(long agent, String hash, Instant now) {
        return database.read(handle -> handle.createUpdate(
                                "update agent set password_hash = :hash, version = version + 1, state = 'ACTIVE', "
                                        + "activated_at = coalesce(activated_at, :now) "
                                        + "where town_id = :town and id = :id and state <> 'DISABLED'")
                        .bind("town", town.id())
                        .bind("id", agent)
                        .bind("hash", hash)
                        .bind("now", now)
                        .execute())
                == 1;
    }

    void signedIn(long agent, Instant now) {
        database.write(handle -> handle.createUpdate(
                        "update agent set last_sign_in_at = :now where town_id = :town and id = :id")
                .bind("town", town.id())
                .bind("id", agent)
                .bind("now", now)
                .execute());
    }
}
