package fr.portailfamille.booking;

import jakarta.ejb.ApplicationException;

/** Somebody else held a place, or the child, for longer than a page waits. Nothing was changed; try again. */
@ApplicationException(rollback = true)
public class PlanningBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlanningBusyException(Throwable cause) {
        super("A lock was not given in time", cause);
    }
}
