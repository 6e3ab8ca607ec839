package fr.portailfamille.booking;

import fr.portailfamille.activity.Catalogue.CounterDay;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bookings and counters as they stand in the database at one moment.
 *
 * @param claims how many places of a counter belong to those who wait: of a schedule all who do, of a pool those of its
 *     schedules for whom everything else that they need has room
 */
record Stored(Map<CellId, Held> bookings, Map<CounterDay, Counter> counters, Map<CounterDay, Integer> claims) {

    /** A booking. {@code reason} is why it was refused, {@code rank} its place on the waiting list. */
    record Held(BookingState state, Optional<String> reason, Optional<Integer> rank) {

        static final Held NOTHING = of(BookingState.NOT_BOOKED);

        static Held of(BookingState state) {
            return new Held(state, Optional.empty(), Optional.empty());
        }
    }

    /** Places taken; {@code capacity} null = no limit. */
    record Counter(int taken, @Nullable Integer capacity) {

        Optional<Integer> left() {
            return capacity == null ? Optional.empty() : Optional.of(Math.max(0, capacity - taken));
        }
    }
}
