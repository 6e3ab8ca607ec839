package fr.portailfamille.exchange;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Keys with which the business application signs in, for the operator. A key is shown once, when it is made. */
@Stateless
@RolesAllowed("SYSTEM")
public class ExchangeKeys {

    @Inject
    private StoredKeys keys;

    /** Makes a key of the town and gives it back in clear, for this once. */
    public String create(String name) {
        return keys.draw(name, null).key();
    }
}
