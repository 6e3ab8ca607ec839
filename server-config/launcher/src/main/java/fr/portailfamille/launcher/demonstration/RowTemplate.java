package fr.portailfamille.launcher.demonstration;

import fr.portailfamille.launcher.demonstration.SchoolCalendar.Holidays;
import fr.portailfamille.launcher.demonstration.SchoolCalendar.SchoolYear;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns one row of a template into the rows of a lot.
 *
 * <p>A DATE is one of {@code today}, {@code monday}, {@code second-monday}, {@code holidays}, {@code holidays-monday},
 * {@code holidays-end}, {@code later}, {@code later-end}, {@code year-start}, {@code year-end}, {@code span-start},
 * {@code span-end} (see {@link DemonstrationDates}), with {@code +n} or {@code -n} days. Placeholders of one value:
 *
 * <ul>
 *   <li>{@code {DATE}}: {@code {monday+3}} is the Thursday of the week shown first
 *   <li>{@code {instant DATE 08:30}}: that time of day in Paris, with its offset
 *   <li>{@code {year}}: the school year, {@code 2026-2027}
 *   <li>{@code {born 8 03-14}}: the birthday of a child who is 8 at the end of the year in which the school year begins
 * </ul>
 *
 * <p>A row with one of these becomes one row for each member, which {@code {it}} repeats elsewhere in the row:
 *
 * <ul>
 *   <li>{@code {each A B C}}: the words
 *   <li>{@code {school-days DATE..DATE 1245}}: days of term on these weekdays, without public holidays
 *   <li>{@code {holiday-days DATE..DATE 12345}}: days of the school holidays, without public holidays
 *   <li>{@code {each-year}}: school years of the span; {@code {start}} and {@code {end}} are their days
 *   <li>{@code {each-holidays}}: school holidays of the span, by key, with {@code {name}}, {@code {start}}, {@code {end}}
 * </ul>
 *
 * Anything else between braces is an error.
 */
final class RowTemplate {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern SET =
            Pattern.compile("\\{((?:each|school-days|holiday-days) [^{}]+|each-year|each-holidays)}");
    private static final Pattern DATE = Pattern.compile("([a-z-]+?)([+-]\\d+)?");
    private static final Pattern DAYS = Pattern.compile("(\\S+)\\.\\.(\\S+) ([1-7]+)");

    private final DemonstrationDates dates;

    RowTemplate(DemonstrationDates dates) {
        this.dates = dates;
    }

    /** The rows, none where a range holds no such day. */
    Stream<String> expand(String row) {
        Matcher set = SET.matcher(row);
        if (!set.find()) {
            return Stream.of(fill(row, Map.of()));
        }
        String once = set.replaceFirst("{it}");
        if (SET.matcher(once).find()) {
            throw new IllegalArgumentException("Two sets in one row: " + row);
        }
        return members(set.group(1)).map(member -> fill(once, member));
    }

    private Stream<Map<String, String>> members(String set) {
        String[] words = set.split(" ", 2);
        return switch (words[0]) {
            case "each" -> Arrays.stream(words[1].split(" ")).map(word -> Map.of("it", word));
            case "school-days" -> days(words[1], SchoolCalendar::isTermDay);
            case "holiday-days" ->
                days(words[1], day -> SchoolCalendar.isHoliday(day) && !SchoolCalendar.isPublicHoliday(day));
            case "each-year" -> dates.years().stream().map(RowTemplate::yearMember);
            case "each-holidays" ->
                dates.years().stream().flatMap(year -> year.holidays().stream()).map(RowTemplate::holidaysMember);
            default -> throw new IllegalArgumentException("Unknown set: " + set);
        };
    }

    private static Map<String, String> yearMember(SchoolYear year) {
        return Map.of(
                "it",
                year.name(),
                "start",
                year.firstLesson().toString(),
                "end",
                year.end().toString());
    }

    private static Map<String, String> holidaysMember(Holidays holidays) {
        return Map.of(
                "it", holidays.key(),
                "name", holidays.name(),
                "start", holidays.start().toString(),
                "end", holidays.end().toString());
    }

    private Stream<Map<String, String>> days(String range, Predicate<LocalDate> kept) {
        Matcher parts = DAYS.matcher(range);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a range of days: " + range);
        }
        LocalDate first = date(parts.group(1));
        long count = ChronoUnit.DAYS.between(first, date(parts.group(2))) + 1;
        return IntStream.range(0, (int) Math.max(0, count))
                .mapToObj(first::plusDays)
                .filter(day -> parts.group(3)
                        .contains(Integer.toString(day.getDayOfWeek().getValue())))
                .filter(kept)
                .map(day -> Map.of("it", day.toString()));
    }

    private String fill(String row, Map<String, String> member) {
        return PLACEHOLDER.matcher(row).replaceAll(found -> Matcher.quoteReplacement(value(found, member)));
    }

    private String value(MatchResult placeholder, Map<String, String> member) {
        String name = placeholder.group(1);
        if (member.containsKey(name)) {
            return member.get(name);
        }
        String[] words = name.split(" ");
        return switch (words[0]) {
            case "year" -> dates.year().name();
            case "born" ->
                MonthDay.parse("--" + words[2])
                        .atYear(dates.year().startYear() - Integer.parseInt(words[1]))
                        .toString();
            case "instant" ->
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        LocalDateTime.of(date(words[1]), LocalTime.parse(words[2]))
                                .atZone(PARIS)
                                .toOffsetDateTime());
            default -> date(name).toString();
        };
    }

    private LocalDate date(String expression) {
        Matcher parts = DATE.matcher(expression);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a date: " + expression);
        }
        LocalDate anchor = switch (parts.group(1)) {
            case "today" -> dates.today();
            case "monday" -> dates.monday();
            case "second-monday" -> dates.secondMonday();
            case "holidays" -> dates.holidays().start();
            case "holidays-monday" -> dates.holidaysMonday();
            case "holidays-end" -> dates.holidays().end();
            case "later" -> dates.laterHolidays().start();
            case "later-end" -> dates.laterHolidays().end();
            case "year-start" -> dates.year().start();
            case "year-end" -> dates.year().end();
            case "span-start" -> dates.spanStart();
            case "span-end" -> dates.spanEnd();
            default -> throw new IllegalArgumentException("Unknown date: " + expression);
        };
        return parts.group(2) == null ? anchor : anchor.plusDays(Long.parseLong(parts.group(2)));
    }
}
