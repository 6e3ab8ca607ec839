package fr.portailfamille.account;

import fr.portailfamille.common.TownGate;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;

/**
 * Work on an address after the visitor has had the answer: how long it takes would tell whether the address is known. A
 * server that stops in between loses it; the visitor asks again.
 */
@Stateless
@PermitAll
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccountPost {

    @Inject
    private TownGate gate;

    @Inject
    private AccountAccess access;

    @Asynchronous
    public void sendLink(int town, String email) {
        gate.doInTown(town, () -> access.sendLink(email));
    }
}
