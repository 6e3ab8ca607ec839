package fr.portailfamille.activity;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A period (term, holidays …) that says between which instants its days can be booked; both days are inside.
 *
 * @param activity null = every activity
 * @param from null = always been
 * @param until null = for ever
 */
public record BookablePeriod(
        String name,
        LocalDate start,
        LocalDate end,
        @Nullable Long activity,
        @Nullable Instant from,
        @Nullable Instant until) {

    public boolean covers(Schedule schedule, LocalDate day) {
        return !day.isBefore(start) && !day.isAfter(end) && (activity == null || activity == schedule.activity());
    }
}
