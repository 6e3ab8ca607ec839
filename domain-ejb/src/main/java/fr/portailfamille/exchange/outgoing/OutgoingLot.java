package fr.portailfamille.exchange.outgoing;

import java.time.Instant;
import java.util.UUID;

/**
 * A lot of requests as it was cut; asked for again, it is the same.
 *
 * @param town its code
 * @param after the position behind which it begins
 * @param upTo the position of its last request
 * @param requests how many rows of requests it has
 */
public record OutgoingLot(
        String town, UUID lotId, long sequence, long after, long upTo, int requests, Instant producedAt) {

    /** Where the next lot begins, and what acknowledges this one. */
    public Cursor next() {
        return Cursor.after(upTo, lotId);
    }
}
