package fr.portailfamille.common;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** The town that the running transaction is bound to. Every statement names it, beside the wall that would hold anyway. */
@ApplicationScoped
public class CurrentTown {

    @Resource
    private TransactionSynchronizationRegistry transaction;

    /**
     * The id of the town.
     *
     * @throws WrongTownException outside a transaction that {@link TownWall} has bound
     */
    public int id() {
        if (transaction.getResource(TownWall.TOWN_OF_TRANSACTION) instanceof Integer town) {
            return town;
        }
        throw new WrongTownException("This transaction is bound to no town");
    }
}
