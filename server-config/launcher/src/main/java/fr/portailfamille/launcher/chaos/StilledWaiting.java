package fr.portailfamille.launcher.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps who waits for a place in a town from being looked at. Whether a place that one lot frees and the next takes goes to a
 * child in between is a matter of seconds: two towns that are fed alike have the same end only if nobody looks before it.
 */
public final class StilledWaiting {

    private StilledWaiting() {}

    /** From now on whatever rings for the town's waiting lists rings a year later. */
    public static void begin(Connection owner, String town) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("create or replace function app.ring_a_year_later() returns trigger language plpgsql"
                    + " as $$ begin new.due_at := new.due_at + interval '1 year'; return new; end $$");
            statement.execute("create or replace trigger " + trigger(owner, town)
                    + " before insert or update of due_at on app.work_due for each row when (new.kind = 'WAITING'"
                    + " and new.town_id = " + id(owner, town) + ") execute function app.ring_a_year_later()");
        }
    }

    /**
     * All of them are looked at, once and to the end.
     *
     * @param clock as the server's
     * @return the town's tables then
     */
    public static Map<String, String> end(Connection owner, String town, Supplier<Instant> clock) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("drop trigger if exists " + trigger(owner, town) + " on app.work_due");
        }
        try (PreparedStatement ring = owner.prepareStatement(
                "update app.work_due set due_at = ?::timestamptz where kind = 'WAITING' and town_id = ?")) {
            ring.setString(1, clock.get().toString());
            ring.setInt(2, id(owner, town));
            ring.executeUpdate();
        }
        return LiveTables.atRest(owner, town, clock);
    }

    private static String trigger(Connection owner, String town) throws SQLException {
        return "stilled_" + id(owner, town);
    }

    private static int id(Connection owner, String town) throws SQLException {
        try (PreparedStatement query = owner.prepareStatement("select id from app.town where code = ?")) {
            query.setString(1, town);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
