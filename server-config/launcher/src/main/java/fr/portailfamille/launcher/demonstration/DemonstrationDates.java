package fr.portailfamille.launcher.demonstration;

import fr.portailfamille.launcher.demonstration.SchoolCalendar.Holidays;
import fr.portailfamille.launcher.demonstration.SchoolCalendar.SchoolYear;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The days that the demonstration town turns around, all derived from the day it is opened.
 *
 * @param today the day it is opened
 * @param monday Monday of the week that the demonstration shows first: the next one with lessons on all five days and
 *     every day still bookable through the whole of today, whatever the rule
 * @param secondMonday Monday of the full week of lessons after that
 * @param holidays the next school holidays that can still be booked by the rule of the activity (the 10th of the month
 *     before)
 * @param laterHolidays the ones after, whose booking opens in a few days
 * @param spanStart first day of the school year in which the history begins
 * @param spanEnd last day of the school year in which {@code laterHolidays} end
 */
record DemonstrationDates(
        LocalDate today,
        LocalDate monday,
        LocalDate secondMonday,
        Holidays holidays,
        Holidays laterHolidays,
        LocalDate spanStart,
        LocalDate spanEnd) {

    /** How far back the history of bookings goes. */
    static final int HISTORY_DAYS = 70;

    private static final int MONTHLY_DEADLINE = 10;

    static DemonstrationDates of(LocalDate today) {
        Iterator<LocalDate> fullWeeks = mondaysAfter(today)
                .filter(DemonstrationDates::isFullWeek)
                .filter(monday -> stillBookable(monday, today))
                .iterator();
        LocalDate monday = fullWeeks.next();
        LocalDate second = fullWeeks.next();
        Iterator<Holidays> coming = SchoolCalendar.years(today, today.plusYears(2)).stream()
                .flatMap(year -> year.holidays().stream())
                .filter(bookableAfter(today))
                .iterator();
        Holidays holidays = coming.next();
        Holidays later = coming.next();
        LocalDate end = later.end().isAfter(second) ? later.end() : second;
        return new DemonstrationDates(
                today,
                monday,
                second,
                holidays,
                later,
                SchoolYear.of(today.minusDays(HISTORY_DAYS)).start(),
                SchoolYear.of(end).end());
    }

    /** The school year of the week shown first. Children's ages and classes follow it. */
    SchoolYear year() {
        return SchoolYear.of(monday);
    }

    List<SchoolYear> years() {
        return SchoolCalendar.years(spanStart, spanEnd);
    }

    /** Monday of the first whole week of the next bookable holidays. */
    LocalDate holidaysMonday() {
        return holidays.start().with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    }

    private static Stream<LocalDate> mondaysAfter(LocalDate today) {
        return Stream.iterate(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)), monday -> monday.plusWeeks(1));
    }

    private static boolean isFullWeek(LocalDate monday) {
        return IntStream.range(0, 5).mapToObj(monday::plusDays).allMatch(SchoolCalendar::isTermDay);
    }

    /** The strictest rules: two working days before, and Thursday of the week before. */
    private static boolean stillBookable(LocalDate monday, LocalDate today) {
        LocalDate twoWorkingDaysBefore = Stream.iterate(monday.minusDays(1), day -> day.minusDays(1))
                .filter(SchoolCalendar::isWorkingDay)
                .skip(1)
                .findFirst()
                .orElseThrow();
        return twoWorkingDaysBefore.isAfter(today) && monday.minusDays(4).isAfter(today);
    }

    private static Predicate<Holidays> bookableAfter(LocalDate today) {
        return holidays ->
                holidays.start().minusMonths(1).withDayOfMonth(MONTHLY_DEADLINE).isAfter(today);
    }
}
