package fr.portailfamille.launcher.chaos;

import fr.portailfamille.booking.WaitingDays;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Keeps who waits for a place in a town from being looked at. Whether a place that one lot frees and the next takes goes to a
 * child in between is a matter of seconds: two towns that are fed alike have the same end only if nobody looks before it.
 */
public final class StilledWaiting {

    /** To and fro by hours: days differ in length. */
    private static final String A_CENTURY = "interval '876600 hours'";

    private static final String LATER = "timestamptz '2100-01-01'";

    private StilledWaiting() {}

    /** From now on whatever rings for the town's waiting lists rings a century later. */
    public static void begin(Connection owner, String town) throws SQLException {
        int id = id(owner, town);
        try (Statement statement = owner.createStatement()) {
            statement.execute("create or replace function app.ring_later() returns trigger language plpgsql"
                    + " as $$ begin new.due_at := new.due_at + " + A_CENTURY + "; return new; end $$");
            statement.execute("create or replace trigger " + trigger(id)
                    + " before insert or update of due_at on app.work_due for each row when (new.kind = 'WAITING'"
                    + " and new.town_id = " + id + " and new.due_at < " + LATER
                    + ") execute function app.ring_later()");
        }
    }

    /**
     * All that has rung is looked at, to the end.
     *
     * @param clock as the server's
     */
    public static void end(Connection owner, String town, Supplier<Instant> clock) throws SQLException {
        int id = id(owner, town);
        try (Statement statement = owner.createStatement()) {
            statement.execute("drop trigger if exists " + trigger(id) + " on app.work_due");
            statement.execute("update app.work_due set due_at = due_at - " + A_CENTURY + " where kind = 'WAITING'"
                    + " and town_id = " + id + " and due_at >= " + LATER);
        }
        for (long end = BusinessApplication.end(); isLookedAtSoon(owner, id, clock.get()); Waiting.aMoment()) {
            if (System.nanoTime() > end) {
                throw new Problem("Nobody looks who waits for a place in " + town);
            }
        }
    }

    /** A day that somebody is looking at is due again when the loan ends. */
    private static boolean isLookedAtSoon(Connection owner, int town, Instant now) throws SQLException {
        try (PreparedStatement due = owner.prepareStatement("select exists (select from app.work_due"
                + " where kind = 'WAITING' and due_at <= ?::timestamptz and town_id = ?)")) {
            due.setString(1, now.plus(WaitingDays.LOAN).toString());
            due.setInt(2, town);
            try (ResultSet row = due.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String trigger(int town) {
        return "stilled_" + town;
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
