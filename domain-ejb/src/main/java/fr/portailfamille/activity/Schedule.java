package fr.portailfamille.activity;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An activity as one facility offers it.
 *
 * @param weekdays on which it is usually open; may be none, then its own dates open it
 * @param capacity places a day; null = no limit
 * @param validTo last day
 */
public record Schedule(
        long id,
        long activity,
        long facility,
        LocalTime start,
        LocalTime end,
        Set<DayOfWeek> weekdays,
        @Nullable Integer capacity,
        LocalDate validFrom,
        LocalDate validTo) {

    public Schedule {
        weekdays = Set.copyOf(weekdays);
    }

    public boolean validOn(LocalDate day) {
        return !day.isBefore(validFrom) && !day.isAfter(validTo);
    }

    /** Weekdays written as ISO digits, {@code 1245}; null and empty are none. */
    public static Set<DayOfWeek> weekdays(@Nullable String digits) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (digits != null) {
            digits.chars().forEach(digit -> days.add(DayOfWeek.of(digit - '0')));
        }
        return days;
    }
}
