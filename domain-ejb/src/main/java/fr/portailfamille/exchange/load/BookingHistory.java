package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/** What a lot changes of bookings that were there, in the change log. New ones need no line: they say themselves which run made them. */
final class BookingHistory {

    private final Load load;
    private final String verdicts;

    BookingHistory(Load load, String verdicts) {
        this.load = load;
        this.verdicts = verdicts;
    }

    void write(Handle handle) {
        load.update(
                handle,
                "insert into change_log (town_id, at, actor, run_id, table_name, key, field, old_value, new_value)"
                        + " select :town, :now, 'run', :run, 'booking', concat_ws('|', i.ref, c.ref, v.day), 'state', v.old_state, v.state"
                        + " from " + verdicts + " v join individual i on i.town_id = :town and i.id = v.individual_id"
                        + " join schedule c on c.town_id = :town and c.id = v.schedule_id where v.verdict in ('C', 'A')"
                        // In the order of the log's index.
                        + " order by i.ref, c.ref, v.day");
    }
}
