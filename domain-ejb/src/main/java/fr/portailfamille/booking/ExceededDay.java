package fr.portailfamille.booking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A day on which a schedule, or the places that several of them share, have given away more than they have.
 *
 * @param counter the schedule or the pool
 * @param shared whether it is a pool
 * @param facility names of the facilities, for a pool of all its schedules; may be none
 * @param name of the activity, or of the pool
 * @param activities those that share the pool; null for a schedule
 * @param start of the schedule; null for a pool
 */
public record ExceededDay(
        long counter,
        LocalDate day,
        boolean shared,
        @Nullable String facility,
        String name,
        @Nullable String activities,
        @Nullable LocalTime start,
        @Nullable LocalTime end,
        int places,
        int taken) {

    /** How many more are taken than there are. */
    public int excess() {
        return taken - places;
    }

    static ExceededDay of(ResultSet row) throws SQLException {
        return new ExceededDay(
                row.getLong("counter_id"),
                row.getObject("day", LocalDate.class),
                row.getBoolean("shared"),
                row.getString("facility"),
                row.getString("name"),
                row.getString("activities"),
                row.getObject("start_time", LocalTime.class),
                row.getObject("end_time", LocalTime.class),
                row.getInt("capacity"),
                row.getInt("taken"));
    }
}
