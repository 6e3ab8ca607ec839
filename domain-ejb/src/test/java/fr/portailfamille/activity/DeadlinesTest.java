package fr.portailfamille.activity;

import static fr.portailfamille.activity.ScheduleFixture.CANTEEN;
import static fr.portailfamille.activity.ScheduleFixture.canteen;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.activity.DeadlineRule.DayKind;
import fr.portailfamille.activity.DeadlineRule.DaysBefore;
import fr.portailfamille.activity.DeadlineRule.Fixed;
import fr.portailfamille.activity.DeadlineRule.Limit;
import fr.portailfamille.activity.DeadlineRule.MonthBefore;
import fr.portailfamille.activity.DeadlineRule.WeekBefore;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalTime NOON = LocalTime.NOON;

    @Test
    void without_a_rule_it_is_the_start_of_the_schedule() {
        assertThat(deadline(LocalDate.of(2026, 11, 24))).isEqualTo("2026-11-24T11:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"0, 2026-11-24T11:00:00Z", "1, 2026-11-23T11:00:00Z", "7, 2026-11-17T11:00:00Z"})
    void counts_calendar_days_without_the_day_itself(int days, Instant expected) {
        assertThat(deadline(LocalDate.of(2026, 11, 24), new DaysBefore(days, DayKind.CALENDAR, NOON)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} working days before {0}")
    @CsvSource({
        // Monday: Friday, Thursday.
        "2026-11-23, 2, 2026-11-19T11:00:00Z",
        // Thursday after Armistice (a Wednesday): Tuesday, Monday.
        "2026-11-12, 2, 2026-11-09T11:00:00Z",
        // Tuesday after Easter Monday: Friday, Thursday.
        "2027-03-30, 2, 2027-03-25T11:00:00Z",
        // None: the day itself, even on a Sunday.
        "2026-11-22, 0, 2026-11-22T11:00:00Z",
        // Friday after Ascension: Wednesday.
        "2027-05-07, 1, 2027-05-05T10:00:00Z",
    })
    void counts_working_days(LocalDate day, int days, Instant expected) {
        assertThat(deadline(day, new DaysBefore(days, DayKind.WORKING, NOON))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} service days before {0}")
    @CsvSource({
        // Monday: Friday; the canteen is closed on Wednesdays.
        "2026-11-23, 1, 2026-11-20T11:00:00Z",
        "2026-11-19, 1, 2026-11-17T11:00:00Z",
        "2026-11-19, 2, 2026-11-16T11:00:00Z",
        // The first day after the closure of the autumn holidays, two weeks of nothing behind it.
        "2026-11-02, 1, 2026-10-16T10:00:00Z",
    })
    void counts_days_on_which_the_schedule_is_open(LocalDate day, int days, Instant expected) {
        assertThat(deadline(day, new DaysBefore(days, DayKind.SERVICE, NOON))).isEqualTo(expected);
    }

    @Test
    void service_days_are_not_counted_beyond_the_first_day_of_the_schedule() {
        assertThat(deadline(LocalDate.of(2026, 9, 1), new DaysBefore(3, DayKind.SERVICE, NOON)))
                .isEqualTo("2026-09-01T10:00:00Z");
    }

    @ParameterizedTest(name = "{2} of week -{1} before {0}")
    @CsvSource({
        "2026-11-26, 0, MONDAY, 2026-11-23T11:00:00Z",
        "2026-11-26, 1, THURSDAY, 2026-11-19T11:00:00Z",
        "2026-11-23, 1, SUNDAY, 2026-11-22T11:00:00Z",
        "2026-11-29, 1, THURSDAY, 2026-11-19T11:00:00Z",
        // 2026 has an ISO week 53 (28 December to 3 January).
        "2027-01-04, 1, THURSDAY, 2026-12-31T11:00:00Z",
        "2027-01-01, 0, MONDAY, 2026-12-28T11:00:00Z",
        "2027-01-08, 2, FRIDAY, 2026-12-25T11:00:00Z",
    })
    void counts_iso_weeks(LocalDate day, int weeks, DayOfWeek weekday, Instant expected) {
        assertThat(deadline(day, new WeekBefore(weeks, weekday, NOON))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "day {2} of month -{1} before {0}")
    @CsvSource({
        "2026-12-15, 1, 20, 2026-11-20T11:00:00Z",
        "2026-12-15, 0, 1, 2026-12-01T11:00:00Z",
        "2027-01-15, 2, 15, 2026-11-15T11:00:00Z",
        // Beyond its end: its last day.
        "2027-03-31, 1, 31, 2027-02-28T11:00:00Z",
        "2028-03-15, 1, 30, 2028-02-29T11:00:00Z",
        "2027-05-03, 1, 31, 2027-04-30T10:00:00Z",
    })
    void counts_months(LocalDate day, int months, int atDay, Instant expected) {
        assertThat(deadline(day, new MonthBefore(months, atDay, NOON))).isEqualTo(expected);
    }

    @Test
    void a_fixed_limit_is_that_instant_for_all_days() {
        Instant until = Instant.parse("2026-10-01T06:30:00Z");

        assertThat(deadline(LocalDate.of(2026, 11, 24), new Fixed(until))).isEqualTo(until);
        assertThat(deadline(LocalDate.of(2027, 6, 24), new Fixed(until))).isEqualTo(until);
    }

    @Test
    void a_time_that_the_spring_change_skips_is_shifted_forward() {
        // 02:30 on 28 March 2027 does not exist: 03:30 in summer time.
        assertThat(deadline(LocalDate.of(2027, 3, 29), new DaysBefore(1, DayKind.CALENDAR, LocalTime.of(2, 30))))
                .isEqualTo("2027-03-28T01:30:00Z");
    }

    @Test
    void a_time_that_comes_twice_in_autumn_is_the_first() {
        // 02:30 on 25 October 2026 in summer time, an hour before its second coming.
        assertThat(deadline(LocalDate.of(2026, 10, 26), new DaysBefore(1, DayKind.CALENDAR, LocalTime.of(2, 30))))
                .isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void noon_before_and_after_a_clock_change_is_noon() {
        DaysBefore rule = new DaysBefore(1, DayKind.CALENDAR, NOON);

        assertThat(deadline(LocalDate.of(2026, 10, 25), rule)).isEqualTo("2026-10-24T10:00:00Z");
        assertThat(deadline(LocalDate.of(2026, 10, 26), rule)).isEqualTo("2026-10-25T11:00:00Z");
    }

    @Test
    void the_rule_for_the_weekday_wins_even_if_it_is_later() {
        LocalDate monday = LocalDate.of(2026, 11, 23);
        Deadlines deadlines = deadlines(
                new DeadlineRule(CANTEEN, null, new DaysBefore(7, DayKind.CALENDAR, NOON)),
                new DeadlineRule(CANTEEN, DayOfWeek.MONDAY, new DaysBefore(3, DayKind.CALENDAR, NOON)));

        assertThat(deadlines.of(canteen("1245"), monday)).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(deadlines.of(canteen("1245"), monday.plusDays(1))).isEqualTo("2026-11-17T11:00:00Z");
    }

    @Test
    void of_two_rules_of_the_same_width_the_earlier_deadline_counts() {
        assertThat(deadline(
                        LocalDate.of(2026, 11, 24),
                        new DaysBefore(1, DayKind.CALENDAR, NOON),
                        new DaysBefore(2, DayKind.CALENDAR, LocalTime.of(23, 0))))
                .isEqualTo("2026-11-22T22:00:00Z");
    }

    @Test
    void rules_of_another_activity_do_not_count() {
        Deadlines deadlines = deadlines(new DeadlineRule(99, null, new DaysBefore(7, DayKind.CALENDAR, NOON)));

        assertThat(deadlines.of(canteen("1245"), LocalDate.of(2026, 11, 24))).isEqualTo("2026-11-24T11:00:00Z");
    }

    @Test
    void a_town_overseas_counts_in_its_own_time() {
        Deadlines deadlines = new Deadlines(
                List.of(new DeadlineRule(CANTEEN, null, new DaysBefore(1, DayKind.CALENDAR, NOON))),
                calendar(),
                ZoneId.of("Indian/Reunion"));

        assertThat(deadlines.of(canteen("1245"), LocalDate.of(2026, 11, 24))).isEqualTo("2026-11-23T08:00:00Z");
    }

    private static Instant deadline(LocalDate day, Limit... limits) {
        DeadlineRule[] rules = List.of(limits).stream()
                .map(limit -> new DeadlineRule(CANTEEN, null, limit))
                .toArray(DeadlineRule[]::new);
        return deadlines(rules).of(canteen("1245"), day);
    }

    private static Deadlines deadlines(DeadlineRule... rules) {
        return new Deadlines(List.of(rules), calendar(), PARIS);
    }

    private static OpeningCalendar calendar() {
        Closure autumn = new Closure(LocalDate.of(2026, 10, 17), LocalDate.of(2026, 11, 1), "Vacances", null, null);
        return new OpeningCalendar(Map.of(), List.of(autumn), PublicHolidays.of(HolidayRegion.METROPOLE));
    }
}
