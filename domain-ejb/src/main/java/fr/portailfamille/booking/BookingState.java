package fr.portailfamille.booking;

import java.util.EnumSet;
import java.util.Set;

/** The state of a booking, as the planning shows it. Owns the moves from one state to another. */
public enum BookingState {
    NOT_BOOKED,
    BOOKING_PENDING,
    BOOKED,
    BOOKING_REFUSED,
    ABSENCE_PENDING,
    ABSENT,
    WAITLISTED,
    /** Shown on days that are closed; never stored. */
    CLOSED;

    private static final Set<BookingState> HOLDING = EnumSet.of(BOOKING_PENDING, BOOKED, ABSENCE_PENDING);

    /** Where family and portal may take it from here. */
    Set<BookingState> next() {
        return switch (this) {
            case NOT_BOOKED, BOOKING_REFUSED, ABSENT -> EnumSet.of(BOOKING_PENDING, WAITLISTED);
            case BOOKING_PENDING -> EnumSet.of(BOOKED, BOOKING_REFUSED, NOT_BOOKED);
            case BOOKED -> EnumSet.of(ABSENCE_PENDING);
            case ABSENCE_PENDING -> EnumSet.of(ABSENT, BOOKED);
            case WAITLISTED -> EnumSet.of(BOOKING_PENDING, BOOKED, NOT_BOOKED);
            case CLOSED -> EnumSet.noneOf(BookingState.class);
        };
    }

    BookingState to(BookingState next) {
        if (!next().contains(next)) {
            throw new IllegalStateException("A booking cannot go from " + this + " to " + next);
        }
        return next;
    }

    /** What the business application says is so, whatever was before. */
    BookingState importedAs(BookingState effective) {
        if (effective != BOOKED && effective != ABSENT && effective != NOT_BOOKED) {
            throw new IllegalStateException("Nothing is effective as " + effective);
        }
        return effective;
    }

    public boolean holdsPlace() {
        return HOLDING.contains(this);
    }

    /** Whether a place can be asked for from here. */
    public boolean free() {
        return this == NOT_BOOKED || this == BOOKING_REFUSED || this == ABSENT;
    }

    /** Whether the family waits for a decision. */
    public boolean pending() {
        return this == BOOKING_PENDING || this == ABSENCE_PENDING;
    }

    /** Whether the family may still take back what it asked for. */
    public boolean withdrawable() {
        return pending() || this == WAITLISTED;
    }
}
