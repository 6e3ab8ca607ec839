package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/**
 * What schedules and pools have given away: the bookings of a day that hold a place, of a pool those of all its schedules.
 * Counters are locked by who calls.
 */
final class PlaceCounts {

    /** States that hold a place, as a list in SQL. */
    static final String HOLDING = "('BOOKED', 'BOOKING_PENDING', 'ABSENCE_PENDING')";

    /** Which schedules share the places of which pools, as a table in SQL. */
    static final String SHARES =
            "(select m.pool_id, m.schedule_id from pool_schedule m join pool o on o.town_id = :town"
                    + " and o.id = m.pool_id and o.archived_at is null where m.town_id = :town and m.archived_at is null)";

    private PlaceCounts() {}

    /**
     * Recounts schedules on days, and the pools that they are in.
     *
     * @param touched a table of {@code schedule_id} and {@code day}
     */
    static void recount(Load load, Handle handle, String touched) {
        load.update(
                handle,
                "update place_counter p set taken = c.taken from (select t.schedule_id, t.day, count(b.state) as taken from "
                        + touched + " t left join booking b on b.town_id = :town and b.schedule_id = t.schedule_id"
                        + " and b.day = t.day and b.state in " + HOLDING + " group by t.schedule_id, t.day) c"
                        + " where p.town_id = :town and p.counter_id = c.schedule_id and p.day = c.day and p.taken <> c.taken");
        recountPools(
                load,
                handle,
                "select p.pool_id as id, t.day from " + touched + " t join " + SHARES
                        + " p on p.schedule_id = t.schedule_id group by 1, 2");
    }

    /** @param which a query of {@code id} and {@code day} */
    static void recountPools(Load load, Handle handle, String which) {
        load.update(
                handle,
                "update place_counter c set taken = n.taken from (select w.id, w.day, count(b.state) as taken from ("
                        + which
                        + ") w left join " + SHARES + " s on s.pool_id = w.id"
                        + " left join booking b on b.town_id = :town and b.schedule_id = s.schedule_id and b.day = w.day"
                        + " and b.state in " + HOLDING + " group by w.id, w.day) n"
                        + " where c.town_id = :town and c.counter_id = n.id and c.day = n.day and c.taken <> n.taken");
    }
}
