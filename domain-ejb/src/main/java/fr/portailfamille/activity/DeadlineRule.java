package fr.portailfamille.activity;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Until when a day of an activity can be asked for, as the business application sets it (booking_rules.csv).
 *
 * @param weekday days it is for; null = every day
 */
public record DeadlineRule(long activity, @Nullable DayOfWeek weekday, Limit limit) {

    /** The kinds of limit. A time of day that is not given is the end of the day. */
    public sealed interface Limit {}

    /** So many days before the day, which is not counted itself; none = the day itself. */
    public record DaysBefore(int days, DayKind kind, LocalTime time) implements Limit {}

    /** That weekday of the n-th ISO week before the day's week; 0 = the same week. */
    public record WeekBefore(int weeks, DayOfWeek weekday, LocalTime time) implements Limit {}

    /** That day of the n-th month before, or its last where the month is shorter. */
    public record MonthBefore(int months, int day, LocalTime time) implements Limit {}

    /** One instant for all days. */
    public record Fixed(Instant until) implements Limit {}

    /** Which days count. */
    public enum DayKind {
        CALENDAR,
        /** Neither Saturday, Sunday nor a public holiday. */
        WORKING,
        /** Days on which the schedule is open. */
        SERVICE
    }
}
