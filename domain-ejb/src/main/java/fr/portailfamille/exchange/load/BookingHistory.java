package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/**
 * What a run changes of bookings, in the change log: a line for each child, that holds its days before and after as JSON
 * objects. Bookings that a lot creates need no line, since they say themselves which run made them; of those that families
 * hear of there is a second one (see {@link TownChanges}).
 */
final class BookingHistory {

    private BookingHistory() {}

    /**
     * Writes what is about to change, or has changed.
     *
     * @param changes a query of {@code individual_id}, {@code schedule_id}, {@code day}, {@code old_state} and
     *     {@code state}
     */
    static void write(Load load, Handle handle, String changes) {
        load.update(
                handle,
                "insert into change_log (town_id, at, actor, run_id, table_name, key, field, old_value, new_value)"
                        + " select :town, :now, 'run', :run, 'booking', i.ref, 'state', " + states("x.old_state")
                        + ", " + states("x.state") + " from (" + changes
                        + ") x join schedule c on c.town_id = :town and c.id = x.schedule_id"
                        + " join individual i on i.town_id = :town and i.id = x.individual_id group by i.ref");
    }

    private static String states(String state) {
        return "json_object_agg(c.ref || '|' || x.day, " + state + " order by c.ref, x.day)::text";
    }
}
