package fr.portailfamille.booking;

import fr.portailfamille.activity.Catalogue.CounterDay;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bookings and counters as they stand in the database at one moment. */
record Stored(Map<CellId, Held> bookings, Map<CounterDay, Counter> counters) {

    /** A booking. {@code reason} is why it was refused. */
    record Held(BookingState state, Optional<String> reason) {

        static final Held NOTHING = new Held(BookingState.NOT_BOOKED, Optional.empty());
    }

    /** Places taken; {@code capacity} null = no limit. */
    record Counter(int taken, @Nullable Integer capacity) {

        Optional<Integer> left() {
            return capacity == null ? Optional.empty() : Optional.of(Math.max(0, capacity - taken));
        }
    }
}
