package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/**
 * What a run changes of bookings, in the change log: a line for each child, that holds its days before and after as JSON
 * objects. Bookings that a lot creates need no line, since they say themselves which run made them; of those that families
 * hear of there is a second one (see {@link TownChanges}). Which family a booking is of has lines of its own.
 */
final class BookingHistory {

    private BookingHistory() {}

    /**
     * Writes what is about to change, or has changed.
     *
     * @param changes as of {@link #states}
     */
    static void write(Load load, Handle handle, String changes) {
        writeLines(load, handle, states(changes));
    }

    /**
     * The lines as a query, for {@link #writeLines}.
     *
     * @param changes a query of {@code individual_id}, {@code schedule_id}, {@code day}, {@code old_state} and
     *     {@code state}
     */
    static String states(String changes) {
        return lines("state", changes, "x.old_state", "x.state");
    }

    /** @param lines a query of them */
    static void writeLines(Load load, Handle handle, String lines) {
        load.update(
                handle,
                "insert into change_log (town_id, at, actor, run_id, table_name, key, field, old_value, new_value)"
                        + " select :town, :now, 'run', :run, 'booking', l.key, l.field, l.old_value, l.new_value from ("
                        + lines + ") l");
    }

    /** Writes whose bookings go from one family to another one that the rows name. */
    static void writeFamilies(Load load, Handle handle, String verdicts) {
        String changes =
                "select v.individual_id, v.schedule_id, v.day, o.ref as old_ref, n.ref as new_ref from " + verdicts
                        + " v join family n on n.town_id = :town and n.id = v.family_id left join family o on o.town_id = :town"
                        + " and o.id = v.old_family_id where v.verdict = 'C' and v.state <> 'NOT_BOOKED'"
                        + " and v.old_family_id is distinct from v.family_id";
        writeLines(load, handle, lines("family", changes, "x.old_ref", "x.new_ref"));
    }

    private static String lines(String field, String changes, String oldValue, String newValue) {
        return "select i.ref as key, '" + field + "' as field, " + byDay(oldValue) + " as old_value, " + byDay(newValue)
                + " as new_value from (" + changes
                + ") x join schedule c on c.town_id = :town and c.id = x.schedule_id"
                + " join individual i on i.town_id = :town and i.id = x.individual_id group by i.ref";
    }

    private static String byDay(String value) {
        return "json_object_agg(c.ref || '|' || x.day, " + value + " order by c.ref, x.day)::text";
    }
}
