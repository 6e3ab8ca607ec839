package fr.portailfamille.common;

import jakarta.ejb.EJBException;

/** A call without a town, or for another town than the transaction or the caller belongs to. Always a fault of ours. */
public class WrongTownException extends EJBException {

    private static final long serialVersionUID = 1L;

    public WrongTownException(String message) {
        super(message);
    }
}
