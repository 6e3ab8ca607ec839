package fr.portailfamille.activity;

import fr.portailfamille.activity.DeadlineRule.DayKind;
import fr.portailfamille.activity.DeadlineRule.DaysBefore;
import fr.portailfamille.activity.DeadlineRule.Fixed;
import fr.portailfamille.activity.DeadlineRule.MonthBefore;
import fr.portailfamille.activity.DeadlineRule.WeekBefore;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;

/**
 * The last instant at which a day can still be asked for, in the town's zone. The rule for the day's weekday beats the rule
 * for every day; of two of the same width the earlier deadline counts; without any rule it is the start of the schedule.
 *
 * <p>A local time that a clock change skips is shifted forward by what was skipped; one that comes twice is the first.
 */
public final class Deadlines {

    /** How far back service days are looked for: the summer of the year before, and a little more. */
    static final int SERVICE_HORIZON_DAYS = 400;

    private final List<DeadlineRule> rules;
    private final OpeningCalendar calendar;
    private final ZoneId zone;

    /** One object for bookings and another for cancellations: each has rules of its own. */
    public Deadlines(List<DeadlineRule> rules, OpeningCalendar calendar, ZoneId zone) {
        this.rules = List.copyOf(rules);
        this.calendar = calendar;
        this.zone = zone;
    }

    public Instant of(Schedule schedule, LocalDate day) {
        List<DeadlineRule> ofActivity = rules.stream()
                .filter(rule -> rule.activity() == schedule.activity())
                .toList();
        List<DeadlineRule> narrow = ofActivity.stream()
                .filter(rule -> rule.weekday() == day.getDayOfWeek())
                .toList();
        List<DeadlineRule> wide =
                ofActivity.stream().filter(rule -> rule.weekday() == null).toList();
        return (narrow.isEmpty() ? wide : narrow)
                .stream()
                        .map(rule -> limit(rule, schedule, day))
                        .min(Comparator.naturalOrder())
                        .orElseGet(() -> at(day, schedule.start()));
    }

    private Instant limit(DeadlineRule rule, Schedule schedule, LocalDate day) {
        DeadlineRule.Limit limit = rule.limit();
        if (limit instanceof DaysBefore before) {
            return at(daysBefore(before, schedule, day), before.time());
        }
        if (limit instanceof WeekBefore before) {
            LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            return at(
                    monday.minusWeeks(before.weeks()).with(TemporalAdjusters.nextOrSame(before.weekday())),
                    before.time());
        }
        if (limit instanceof MonthBefore before) {
            YearMonth month = YearMonth.from(day).minusMonths(before.months());
            return at(month.atDay(Math.min(before.day(), month.lengthOfMonth())), before.time());
        }
        return ((Fixed) limit).until();
    }

    /** Counting stops at the schedule's first day, where there are not as many service days before. */
    private LocalDate daysBefore(DaysBefore before, Schedule schedule, LocalDate day) {
        if (before.kind() == DayKind.CALENDAR) {
            return day.minusDays(before.days());
        }
        LocalDate earliest = day.minusDays(SERVICE_HORIZON_DAYS);
        LocalDate reached = day;
        int left = before.days();
        while (left > 0 && reached.isAfter(earliest)) {
            reached = reached.minusDays(1);
            if (before.kind() == DayKind.SERVICE && reached.isBefore(schedule.validFrom())) {
                return schedule.validFrom();
            }
            if (counts(before.kind(), schedule, reached)) {
                left--;
            }
        }
        return reached;
    }

    private boolean counts(DayKind kind, Schedule schedule, LocalDate day) {
        return kind == DayKind.SERVICE
                ? calendar.open(schedule, day)
                : day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()
                        && calendar.holidays().on(day).isEmpty();
    }

    /** {@link ZonedDateTime#of} shifts a skipped time forward and takes the first of two, as the contract wants it. */
    private Instant at(LocalDate day, LocalTime time) {
        return ZonedDateTime.of(day, time, zone).toInstant();
    }
}
