package fr.portailfamille.exchange.outgoing;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the business application had heard of when it wrote a lot. */
public final class KnownRequests {

    private KnownRequests() {}

    /** Whether the cursor was handed out to this town. */
    public static boolean handedOut(Handle handle, int town, Cursor cursor) {
        return cursor.equals(Cursor.START)
                || handle.createQuery("""
                        select exists (select from outgoing_lot where town_id = :town and up_to = :position
                                          and starts_with(replace(lot_id::text, '-', ''), :mark))""")
                        .bind("town", town)
                        .bind("position", cursor.position())
                        .bind("mark", cursor.mark())
                        .mapTo(boolean.class)
                        .one();
    }

    /**
     * The last position that it had taken in: what the lot says, or else the last one acknowledged before the lot was
     * written. 0 where nothing is known of it.
     */
    public static long position(
            Handle handle, int town, @Nullable String includesRequestsUpTo, @Nullable Instant producedAt) {
        Optional<Cursor> said = Optional.ofNullable(includesRequestsUpTo).flatMap(Cursor::of);
        if (said.isPresent()) {
            return said.get().position();
        }
        return producedAt == null
                ? 0
                : handle.createQuery("select coalesce(max(up_to), 0) from outgoing_lot"
                                + " where town_id = :town and acknowledged_at < :produced")
                        .bind("town", town)
                        .bind("produced", producedAt)
                        .mapTo(long.class)
                        .one();
    }
}
