package fr.portailfamille.notice.post;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long to wait before the next try: longer each time, and not for ever. */
public final class RetryPauses {

    /** As mail servers do among themselves (RFC 5321, 4.5.4.1). */
    static final Duration GIVE_UP_AFTER = Duration.ofDays(5);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    private RetryPauses() {}

    /** When to try again after so many tries; empty when it is time to give up. */
    public static Optional<Instant> next(int tries, Instant queued, Instant now) {
        Instant next = now.plus(PAUSES.get(Math.min(Math.max(tries, 1), PAUSES.size()) - 1));
        return next.isAfter(queued.plus(GIVE_UP_AFTER)) ? Optional.empty() : Optional.of(next);
    }

    /** How long the sender leaves a server alone that could not be used so many times in a row. */
    public static Duration untilServerIsTriedAgain(int failures) {
        long seconds = 2L << Math.min(Math.max(failures, 1) - 1, 5);
        return Duration.ofSeconds(Math.min(seconds, 60));
    }
}
