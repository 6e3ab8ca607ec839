package fr.portailfamille.booking;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rules say of one wish: why not, or the state that its cell comes into. */
record Verdict(@Nullable Refusal against, @Nullable BookingState next) {

    static Verdict refused(Refusal against) {
        return new Verdict(against, null);
    }

    static Verdict granted(BookingState next) {
        return new Verdict(null, next);
    }

    Optional<Refusal> refusal() {
        return Optional.ofNullable(against);
    }

    boolean isRefused() {
        return against != null;
    }

    boolean waits() {
        return next == BookingState.WAITLISTED;
    }

    /** Whether it needs the counters of places, which others use at the same time. */
    boolean movesPlaces() {
        return !isRefused() && !waits();
    }

    BookingState state() {
        return Objects.requireNonNull(next);
    }
}
