package fr.portailfamille.exchange;

import jakarta.ejb.ApplicationException;

/** The lot's id or sequence is used already, with other content. */
@ApplicationException(rollback = true)
public class LotConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LotConflictException(String message) {
        super(message);
    }
}
