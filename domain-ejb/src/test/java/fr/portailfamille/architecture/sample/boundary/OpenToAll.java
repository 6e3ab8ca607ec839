package fr.portailfamille.architecture.sample.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Says neither who may call nor keeps to a transaction. */
@Stateless
class OpenToAll {
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    void look() {}
}
