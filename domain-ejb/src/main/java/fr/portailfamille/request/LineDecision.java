package fr.portailfamille.request;

import org.jspecify.annotations.Nullable;

/**
 * What was decided about one line.
 *
 * @param rank place in the waiting list, where it was put there
 * @param reason as the family reads it; a refusal has one
 */
public record LineDecision(
        long requestId,
        int line,
        Outcome outcome,
        @Nullable Integer rank,
        @Nullable String reasonCode,
        @Nullable String reason) {

    public static LineDecision accepted(long requestId, int line) {
        return new LineDecision(requestId, line, Outcome.ACCEPTED, null, null, null);
    }

    public static LineDecision refused(long requestId, int line, String reasonCode, String reason) {
        return new LineDecision(requestId, line, Outcome.REFUSED, null, reasonCode, reason);
    }
}
