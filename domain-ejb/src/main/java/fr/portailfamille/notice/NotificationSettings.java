package fr.portailfamille.notice;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.List;

/**
 * What a town sets for its notices.
 *
 * @param receiptText its own part of receipts; empty for none
 * @param outcomeText its own part of outcomes and digests; empty for none
 * @param digestHours when digests leave, in the town's zone, one at least
 * @param version of the town as it was when they were looked at
 */
public record NotificationSettings(
        String receiptText, String outcomeText, List<LocalTime> digestHours, LegalMentions legal, int version)
        implements Serializable {

    public static final int LONGEST_TEXT = 4000;
    public static final int MOST_HOURS = 6;

    public NotificationSettings {
        digestHours = digestHours.stream().sorted().distinct().toList();
        if (digestHours.isEmpty() || digestHours.size() > MOST_HOURS) {
            throw new IllegalArgumentException("Digests leave at 1 to " + MOST_HOURS + " hours of the day");
        }
        if (receiptText.length() > LONGEST_TEXT || outcomeText.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("A text has " + LONGEST_TEXT + " characters at most");
        }
    }
}
