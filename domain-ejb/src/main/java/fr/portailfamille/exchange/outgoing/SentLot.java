package fr.portailfamille.exchange.outgoing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lot of requests that went out, as agents see it.
 *
 * @param acknowledgedAt when the business application said that it took it, or a later one; null before
 */
public record SentLot(OutgoingLot lot, @Nullable Instant acknowledgedAt) {

    /** The position of its first request. */
    public long firstPosition() {
        return lot.after() + 1;
    }
}
