package fr.portailfamille.booking;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One child, schedule and day. Written {@code 12_34_2026-11-23} in pages. */
public record CellId(long child, long schedule, LocalDate day) implements Comparable<CellId>, Serializable {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})_(\\d{1,18})_(\\d{4}-\\d{2}-\\d{2})");

    /** In the order of the table's key, in which rows are locked. */
    private static final Comparator<CellId> ORDER =
            Comparator.comparingLong(CellId::child).thenComparing(CellId::day).thenComparingLong(CellId::schedule);

    public static Optional<CellId> of(String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CellId(
                    Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), LocalDate.parse(form.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(CellId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return child + "_" + schedule + "_" + day;
    }
}
