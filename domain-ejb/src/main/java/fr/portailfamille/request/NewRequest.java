package fr.portailfamille.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is sent in one go.
 *
 * @param key drawn when the form was shown; the same key of the same account is the same request
 * @param family whose request it is, and who sees it beside the account
 */
public record NewRequest(
        UUID key,
        long account,
        @Nullable Long family,
        RequestType type,
        RequestOrigin origin,
        Instant at,
        List<Line> lines) {

    public NewRequest {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A request has at least one line");
        }
    }

    /**
     * One child, activity and day.
     *
     * @param decided what was decided at once; null while it waits for the business application
     */
    public record Line(
            LineAction action,
            long individual,
            long schedule,
            LocalDate day,
            @Nullable String absenceCode,
            @Nullable Decided decided) {}

    /** A decision made at once. A refusal has a code and a reason, as the family reads it. */
    public record Decided(
            Outcome outcome,
            @Nullable String reasonCode,
            @Nullable String reason) {

        public static final Decided ACCEPTED = new Decided(Outcome.ACCEPTED, null, null);

        public static Decided refused(String reasonCode, String reason) {
            return new Decided(Outcome.REFUSED, reasonCode, reason);
        }
    }
}
