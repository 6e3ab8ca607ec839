package fr.portailfamille.request;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is sent in one go.
 *
 * @param key drawn when the form was shown; the same key of the same account is the same request
 * @param family whose request it is, and who sees it beside the account
 * @param agentReason why an agent asks in the family's stead
 * @param comment what is said with it, for the town
 */
public record NewRequest(
        UUID key,
        long account,
        @Nullable Long family,
        RequestType type,
        RequestOrigin origin,
        Instant at,
        List<NewLine> lines,
        @Nullable String agentReason,
        @Nullable String comment) {

    public NewRequest {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A request has at least one line");
        }
    }

    /** Without a word. */
    public NewRequest(
            UUID key,
            long account,
            @Nullable Long family,
            RequestType type,
            RequestOrigin origin,
            Instant at,
            List<? extends NewLine> lines) {
        this(key, account, family, type, origin, at, List.copyOf(lines), null, null);
    }

    /** A decision made at once. A refusal has a code and a reason, as the family reads it. */
    public record Decided(
            Outcome outcome,
            @Nullable String reasonCode,
            @Nullable String reason) {

        public static final Decided ACCEPTED = new Decided(Outcome.ACCEPTED, null, null);

        public static final Decided WAITLISTED = new Decided(Outcome.WAITLISTED, null, null);

        public static Decided refused(String reasonCode, String reason) {
            return new Decided(Outcome.REFUSED, reasonCode, reason);
        }
    }
}
