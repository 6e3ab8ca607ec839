package fr.portailfamille.portal;

import fr.portailfamille.booking.BookingState;
import fr.portailfamille.booking.Refusal;
import fr.portailfamille.booking.Week;
import fr.portailfamille.common.FrenchDays;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** How the planning says things: words of cells, sentences of the sheet, dates. */
final class PlanningWording {

    private static final Locale LOCALE = Locale.FRENCH;
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle(
            "fr.portailfamille.portal.planning", LOCALE, PlanningWording.class.getClassLoader());
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", LOCALE);
    private static final DateTimeFormatter WEEKDAY_IN_FULL = DateTimeFormatter.ofPattern("EEEE", LOCALE);
    private static final DateTimeFormatter SHORT = FrenchDays.as("d MMM");
    private static final DateTimeFormatter LONG = FrenchDays.as("EEEE d MMMM");
    private static final DateTimeFormatter DAY = FrenchDays.as("d");
    private static final DateTimeFormatter DAY_AND_MONTH = FrenchDays.as("d MMMM");
    private static final DateTimeFormatter DATE = FrenchDays.as("d MMMM yyyy");
    private static final DateTimeFormatter LONG_WITH_YEAR = FrenchDays.as("EEEE d MMMM yyyy");

    private final ZoneId zone;
    private final LocalDate today;

    PlanningWording(ZoneId zone, Instant now) {
        this.zone = zone;
        this.today = now.atZone(zone).toLocalDate();
    }

    static String say(String key, Object... parts) {
        return new MessageFormat(TEXTS.getString(key), LOCALE).format(parts);
    }

    LocalDate today() {
        return today;
    }

    static String weekday(LocalDate day) {
        return WEEKDAY.format(day) + " " + day.getDayOfMonth();
    }

    static String inFull(LocalDate day) {
        return LONG.format(day);
    }

    static String range(LocalDate first, LocalDate last) {
        if (first.equals(last)) {
            return LONG_WITH_YEAR.format(first);
        }
        DateTimeFormatter start =
                first.getYear() != last.getYear() ? DATE : first.getMonth() == last.getMonth() ? DAY : DAY_AND_MONTH;
        return start.format(first) + " – " + DATE.format(last);
    }

    static String hours(Week.Cell cell) {
        return TIME.format(cell.from()) + " – " + TIME.format(cell.to());
    }

    /** The state; on a waiting list with the rank, where it is known. */
    static String word(Week.Cell cell) {
        return cell.rank()
                .map(rank -> say("state.WAITLISTED.rank", rank))
                .orElseGet(() -> say("state." + cell.state().name()));
    }

    /** The second line: until when and how many places, or why not. */
    String more(Week.Cell cell) {
        if (cell.refusal().isPresent()) {
            return why(cell.refusal().get());
        }
        if (cell.state().pending()) {
            return say("more.pending");
        }
        if (cell.state() == BookingState.WAITLISTED) {
            return say("more.WAITLISTED");
        }
        List<String> parts = new ArrayList<>();
        if (cell.offered().isPresent()) {
            cell.deadline().ifPresent(deadline -> parts.add(until(deadline)));
            cell.placesLeft().ifPresent(left -> parts.add(cell.waits() ? say("more.WAIT") : say("places", left)));
        } else {
            cell.note().ifPresent(parts::add);
        }
        return String.join("\n", parts);
    }

    private String until(Instant deadline) {
        LocalDateTime at = LocalDateTime.ofInstant(deadline, zone);
        LocalDate day = at.toLocalDate();
        if (day.equals(today)) {
            return say("until.today", TIME.format(at));
        }
        return day.isBefore(today.plusDays(7))
                ? say("until.week", WEEKDAY.format(day), TIME.format(at))
                : say("until.date", SHORT.format(day), TIME.format(at));
    }

    private String why(Refusal refusal) {
        String key = "more." + refusal.code().name();
        Instant at = refusal.at();
        if (at == null) {
            return say(key, "", "", refusal.detail() == null ? "" : refusal.detail());
        }
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        LocalDate day = local.toLocalDate();
        if (refusal.code() != Refusal.Code.TOO_LATE) {
            return say(key, SHORT.format(day), TIME.format(local));
        }
        return day.isAfter(today.minusDays(7))
                ? say(key + ".week", day.equals(today) ? TIME.format(local) : WEEKDAY_IN_FULL.format(day))
                : say(key + ".date", SHORT.format(day));
    }

    /** What the sheet tells before anything is confirmed. */
    String what(Week.Cell cell, String act) {
        if (act.isEmpty()) {
            return cell.refusal()
                    .map(refusal -> refusal.reason(zone))
                    .or(cell::note)
                    .orElseGet(() -> say(
                            cell.state() == BookingState.WAITLISTED ? "what.WAITLISTED" : "legend." + cell.state()));
        }
        if (act.equals(PlanningCells.WITHDRAW)) {
            return say(cell.state() == BookingState.WAITLISTED ? "what.WITHDRAW.WAITLISTED" : "what.WITHDRAW");
        }
        if (cell.waits()) {
            return say("what.WAIT")
                    + cell.deadline()
                            .map(deadline -> " " + until("what.WAIT.until", deadline))
                            .orElse("");
        }
        StringBuilder what = new StringBuilder(say("what." + act + (cell.atOnce() ? ".now" : ".later")));
        cell.deadline().ifPresent(deadline -> what.append(' ').append(until("what.until", deadline)));
        cell.placesLeft().ifPresent(left -> what.append(' ').append(say("what.places", left)));
        return what.toString();
    }

    private String until(String key, Instant deadline) {
        LocalDateTime at = LocalDateTime.ofInstant(deadline, zone);
        return say(key, LONG.format(at), TIME.format(at));
    }
}
