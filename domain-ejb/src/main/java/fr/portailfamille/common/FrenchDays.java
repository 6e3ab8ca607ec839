package fr.portailfamille.common;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Days in full as French writes them: « lundi 1er juin », « mardi 2 juin ». */
public final class FrenchDays {

    private static final int LONGEST_MONTH = 31;

    private static final Map<Long, String> NUMBERS = LongStream.rangeClosed(1, LONGEST_MONTH)
            .boxed()
            .collect(Collectors.toMap(day -> day, day -> day == 1 ? "1er" : day.toString()));

    private FrenchDays() {}

    /** @param pattern of {@link DateTimeFormatter} with one {@code d}, the day of the month, and no quoted text */
    public static DateTimeFormatter as(String pattern) {
        int day = pattern.indexOf('d');
        DateTimeFormatterBuilder form = new DateTimeFormatterBuilder();
        return form.appendPattern(pattern.substring(0, day))
                .appendText(ChronoField.DAY_OF_MONTH, NUMBERS)
                .appendPattern(pattern.substring(day + 1))
                .toFormatter(Locale.FRENCH);
    }
}
