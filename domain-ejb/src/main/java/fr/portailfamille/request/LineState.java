package fr.portailfamille.request;

import java.util.EnumSet;
import java.util.Set;

/** The state of one line of a request. Owns the moves from one state to another. */
public enum LineState {
    SUBMITTED,
    TRANSMITTED,
    WAITLISTED,
    ACCEPTED,
    REFUSED,
    WITHDRAWN;

    /** Whether something is still to come. */
    public boolean open() {
        return this == SUBMITTED || this == TRANSMITTED || this == WAITLISTED;
    }

    /** Where a line may go from here. The business application may think again, but not about what was withdrawn. */
    Set<LineState> next() {
        return switch (this) {
            case SUBMITTED -> EnumSet.of(TRANSMITTED, ACCEPTED, REFUSED, WAITLISTED, WITHDRAWN);
            case TRANSMITTED, WAITLISTED -> EnumSet.of(ACCEPTED, REFUSED, WAITLISTED, WITHDRAWN);
            case ACCEPTED, REFUSED -> EnumSet.of(ACCEPTED, REFUSED, WAITLISTED);
            case WITHDRAWN -> EnumSet.noneOf(LineState.class);
        };
    }

    LineState to(LineState next) {
        if (!next().contains(next)) {
            throw new IllegalStateException("A line cannot go from " + this + " to " + next);
        }
        return next;
    }
}
