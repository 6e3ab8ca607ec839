package fr.portailfamille.request;

import java.time.Instant;

/**
 * A request in a list.
 *
 * @param days whole days since it arrived
 * @param news what the family has not seen yet
 */
public record RequestRow(
        RequestRef ref,
        Instant submittedAt,
        String account,
        String email,
        RequestType type,
        RequestState state,
        int decided,
        int lines,
        long days,
        int news) {}
