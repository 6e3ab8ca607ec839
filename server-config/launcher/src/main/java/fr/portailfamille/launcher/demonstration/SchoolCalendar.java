package fr.portailfamille.launcher.demonstration;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * School years, school holidays and public holidays of the demonstration town. The school holidays are its own: fixed
 * rules that resemble the official calendar, so that they are known for every year.
 */
final class SchoolCalendar {

    private static final int DAYS_OF_HOLIDAYS = 16;
    private static final List<MonthDay> FIXED_HOLIDAYS = List.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 8),
            MonthDay.of(7, 14),
            MonthDay.of(8, 15),
            MonthDay.of(11, 1),
            MonthDay.of(11, 11),
            MonthDay.of(12, 25));

    private static final Map<SchoolYear, List<Holidays>> SCHOOL_HOLIDAYS = new ConcurrentHashMap<>();
    private static final Map<Integer, Set<LocalDate>> PUBLIC_HOLIDAYS = new ConcurrentHashMap<>();

    private SchoolCalendar() {}

    /** First and last day included; {@code key} is unique over all years. */
    record Holidays(String key, String name, LocalDate start, LocalDate end) {

        boolean contains(LocalDate day) {
            return !day.isBefore(start) && !day.isAfter(end);
        }
    }

    /** Runs from 1 September to 31 August; lessons begin and end inside it. */
    record SchoolYear(int startYear) {

        static SchoolYear of(LocalDate day) {
            return new SchoolYear(day.getMonth().compareTo(Month.SEPTEMBER) >= 0 ? day.getYear() : day.getYear() - 1);
        }

        String name() {
            return startYear + "-" + (startYear + 1);
        }

        LocalDate start() {
            return LocalDate.of(startYear, Month.SEPTEMBER, 1);
        }

        LocalDate end() {
            return LocalDate.of(startYear + 1, Month.AUGUST, 31);
        }

        LocalDate firstLesson() {
            return Stream.iterate(start(), day -> day.plusDays(1))
                    .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                    .findFirst()
                    .orElseThrow();
        }

        List<Holidays> holidays() {
            LocalDate summer = saturdayFrom(startYear + 1, MonthDay.of(7, 4));
            return List.of(
                    twoWeeks("toussaint", "de la Toussaint", startYear, MonthDay.of(10, 17)),
                    twoWeeks("noel", "de Noël", startYear, MonthDay.of(12, 18)),
                    twoWeeks("hiver", "d'hiver", startYear + 1, MonthDay.of(2, 7)),
                    twoWeeks("printemps", "de printemps", startYear + 1, MonthDay.of(4, 5)),
                    new Holidays("ete-" + (startYear + 1), "Vacances d'été " + (startYear + 1), summer, end()));
        }

        private static Holidays twoWeeks(String key, String name, int year, MonthDay from) {
            LocalDate start = saturdayFrom(year, from);
            return new Holidays(
                    key + "-" + year, "Vacances " + name + " " + year, start, start.plusDays(DAYS_OF_HOLIDAYS - 1));
        }

        private static LocalDate saturdayFrom(int year, MonthDay day) {
            return day.atYear(year).with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
        }
    }

    /** The school years that touch the span, in order. */
    static List<SchoolYear> years(LocalDate from, LocalDate to) {
        return IntStream.rangeClosed(
                        SchoolYear.of(from).startYear(), SchoolYear.of(to).startYear())
                .mapToObj(SchoolYear::new)
                .toList();
    }

    /** Whether the day lies in school holidays or before the first lesson of its year. */
    static boolean isHoliday(LocalDate day) {
        return SCHOOL_HOLIDAYS.computeIfAbsent(SchoolYear.of(day), SchoolYear::holidays).stream()
                        .anyMatch(holidays -> holidays.contains(day))
                || day.getMonth() == Month.SEPTEMBER
                        && day.isBefore(SchoolYear.of(day).firstLesson());
    }

    /** A day with lessons or, on Wednesdays, with the leisure centre: Monday to Friday in term. */
    static boolean isTermDay(LocalDate day) {
        return isWorkingDay(day) && !isHoliday(day);
    }

    /** As the contract's {@code working}: neither Saturday, Sunday nor public holiday. */
    static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 && !isPublicHoliday(day);
    }

    /** The eleven public holidays of metropolitan France. */
    static boolean isPublicHoliday(LocalDate day) {
        return PUBLIC_HOLIDAYS
                .computeIfAbsent(day.getYear(), SchoolCalendar::publicHolidays)
                .contains(day);
    }

    private static Set<LocalDate> publicHolidays(int year) {
        LocalDate easter = easter(year);
        return Stream.concat(
                        Stream.of(easter.plusDays(1), easter.plusDays(39), easter.plusDays(50)),
                        FIXED_HOLIDAYS.stream().map(day -> day.atYear(year)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return LocalDate.of(year, n / 31, n % 31 + 1);
    }
}
