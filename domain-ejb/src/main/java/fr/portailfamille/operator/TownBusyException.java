package fr.portailfamille.operator;

import jakarta.ejb.ApplicationException;

/** Work of the town is under way that the act would have to wait for: it can be tried again in a moment. */
@ApplicationException
public final class TownBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TownBusyException(String message) {
        super(message);
    }
}
