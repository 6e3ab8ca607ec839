package fr.portailfamille.activity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days on which nothing takes place; both ends count.
 *
 * @param facility null = every facility
 * @param activity null = every activity
 */
public record Closure(
        LocalDate start,
        LocalDate end,
        String reason,
        @Nullable Long facility,
        @Nullable Long activity) {

    boolean covers(Schedule schedule, LocalDate day) {
        return !day.isBefore(start)
                && !day.isAfter(end)
                && (facility == null || facility == schedule.facility())
                && (activity == null || activity == schedule.activity());
    }
}
