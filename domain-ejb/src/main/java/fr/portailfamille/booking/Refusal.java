package fr.portailfamille.booking;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Why something cannot be asked for.
 *
 * @param at the instant it turns on: the deadline that passed, the opening to come
 * @param detail the other activity, the reason of a closure
 */
public record Refusal(
        Code code, @Nullable Instant at, @Nullable String detail) {

    /** The reasons, in the order in which the rules look for them. */
    public enum Code {
        READ_ONLY,
        OTHER_HOUSEHOLD,
        NOT_REGISTERED,
        NOT_OPEN,
        ALREADY_ASKED,
        NOT_BOOKED,
        PERIOD_NOT_OPEN,
        PERIOD_OVER,
        TOO_LATE,
        INCOMPATIBLE,
        FULL;

        /** Whether it may come between the moment a page is shown and the moment it is sent, through nobody's fault. */
        boolean comesWithTime() {
            return this == TOO_LATE || this == PERIOD_OVER || this == FULL;
        }
    }

    /** As the family reads it; instants in the zone of the town. */
    public String reason(ZoneId zone) {
        return BookingWording.reason(this, zone);
    }

    static Refusal of(Code code) {
        return new Refusal(code, null, null);
    }

    static Refusal at(Code code, Instant at) {
        return new Refusal(code, at, null);
    }

    static Refusal with(Code code, @Nullable String detail) {
        return new Refusal(code, null, detail);
    }
}
