package fr.portailfamille.exchange.load;

/** What pools have given away: the places of all their schedules together. */
final class PoolCounts {

    private PoolCounts() {}

    /**
     * Recounts.
     *
     * @param which a query of {@code id} and {@code day}; their counters are locked already
     */
    static String update(String which) {
        return "update place_counter c set taken = n.taken from (select w.id, w.day, count(b.state) as taken from ("
                + which
                + ") w left join pool_schedule s on s.town_id = :town and s.pool_id = w.id and s.archived_at is null"
                + " left join booking b on b.town_id = :town and b.schedule_id = s.schedule_id and b.day = w.day"
                + " and b.state in ('BOOKED', 'BOOKING_PENDING', 'ABSENCE_PENDING') group by w.id, w.day) n"
                + " where c.town_id = :town and c.counter_id = n.id and c.day = n.day and c.taken <> n.taken";
    }
}
