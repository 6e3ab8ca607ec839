package fr.portailfamille.exchange.outgoing;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the business application has read: the last position of a lot, and the beginning of that lot's id, so that a
 * cursor that this portal did not hand out to this town is noticed. Opaque to those who get it. {@link #START} stands
 * before everything.
 */
public record Cursor(long position, String mark) {

    public static final Cursor START = new Cursor(0, "");

    private static final int MARK = 12;
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,17})-([0-9a-f]{" + MARK + "})");

    static Cursor after(long position, UUID lot) {
        return new Cursor(position, lot.toString().replace("-", "").substring(0, MARK));
    }

    /** Empty where the text cannot be one. */
    public static Optional<Cursor> of(String text) {
        if (text.equals(START.text())) {
            return Optional.of(START);
        }
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Cursor(Long.parseLong(form.group(1)), form.group(2)))
                : Optional.empty();
    }

    public String text() {
        return position == 0 ? "0" : position + "-" + mark;
    }
}
