package fr.portailfamille.exchange;

import jakarta.ejb.ApplicationException;

/** As many lots of the town as may wait for their turn do so already; later there is room again. */
@ApplicationException(rollback = true)
public class TooManyLotsException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
