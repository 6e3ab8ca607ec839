package fr.portailfamille.booking;

import fr.portailfamille.common.FrenchDays;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** Reasons as families read them, in pages, in the history and in e-mails. */
final class BookingWording {

    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("fr.portailfamille.booking.booking", Locale.FRENCH);
    private static final DateTimeFormatter DAY = FrenchDays.as("EEEE d MMMM");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.FRENCH);

    private BookingWording() {}

    /** Of one who waited until there was no time left. */
    static String waitedInVain() {
        return TEXTS.getString("waiting.over");
    }

    static String reason(Refusal refusal, ZoneId zone) {
        Instant at = refusal.at();
        String key = "refusal." + refusal.code().name();
        if (refusal.detail() == null && TEXTS.containsKey(key + ".plain")) {
            key += ".plain";
        }
        return new MessageFormat(TEXTS.getString(key), Locale.FRENCH).format(new Object[] {
            at == null ? "" : DAY.format(at.atZone(zone)),
            at == null ? "" : TIME.format(at.atZone(zone)),
            refusal.detail() == null ? "" : refusal.detail()
        });
    }
}
