package fr.portailfamille.backoffice;

import fr.portailfamille.notice.NotificationSettings;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hours of the day in one field, as people write them: « 13:00, 18:00 », « 13h et 18h30 ». */
final class DigestHours {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;]\\s*|\\s+(et\\s+)?");
    private static final Pattern FORM = Pattern.compile("(\\d{1,2})(?:[:hH](\\d{2})?)?");

    private DigestHours() {}

    static String write(List<LocalTime> hours) {
        return hours.stream().map(HOUR::format).collect(Collectors.joining(", "));
    }

    /** Empty where one of them is no hour, where there is none, or too many. */
    static Optional<List<LocalTime>> read(String text) {
        List<LocalTime> hours = new ArrayList<>();
        for (String part : SEPARATOR.split(text == null ? "" : text.strip(), -1)) {
            Matcher form = FORM.matcher(part);
            if (!form.matches()) {
                return Optional.empty();
            }
            try {
                int minute = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
                hours.add(LocalTime.of(Integer.parseInt(form.group(1)), minute));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        List<LocalTime> distinct = hours.stream().distinct().sorted().toList();
        return distinct.size() > NotificationSettings.MOST_HOURS ? Optional.empty() : Optional.of(distinct);
    }
}
