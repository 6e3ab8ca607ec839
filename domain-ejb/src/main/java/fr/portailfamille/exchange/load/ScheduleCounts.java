package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/** What schedules have given away: the bookings of a day that hold a place. */
final class ScheduleCounts {

    /** States that hold a place, as a list in SQL. */
    static final String HOLDING = "('BOOKED', 'BOOKING_PENDING', 'ABSENCE_PENDING')";

    private ScheduleCounts() {}

    /**
     * Recounts.
     *
     * @param touched a table of {@code schedule_id} and {@code day}; their counters are locked already
     */
    static void update(Load load, Handle handle, String touched) {
        load.update(
                handle,
                "update place_counter p set taken = c.taken from (select t.schedule_id, t.day, count(b.state) as taken from "
                        + touched + " t left join booking b on b.town_id = :town and b.schedule_id = t.schedule_id"
                        + " and b.day = t.day and b.state in " + HOLDING + " group by t.schedule_id, t.day) c"
                        + " where p.town_id = :town and p.counter_id = c.schedule_id and p.day = c.day and p.taken <> c.taken");
    }
}
