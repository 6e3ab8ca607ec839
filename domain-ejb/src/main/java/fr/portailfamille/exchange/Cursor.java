package fr.portailfamille.exchange;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the business application has read the portal's requests: {@code {microseconds since 1970}-{id of the request}}.
 * Opaque to those who get it.
 */
record Cursor(Instant at, long request) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,17})-(\\d{1,18})");

    static Optional<Cursor> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long micros = Long.parseLong(form.group(1));
        return Optional.of(new Cursor(
                Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000), Long.parseLong(form.group(2))));
    }
}
