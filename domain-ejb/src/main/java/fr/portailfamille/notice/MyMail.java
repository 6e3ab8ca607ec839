package fr.portailfamille.notice;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** Whether mail reaches the caller's account. */
@Stateless
@RolesAllowed("CITIZEN")
public class MyMail {

    @Resource
    private SessionContext context;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private UndeliveredAddresses undelivered;

    /** The account's address, when mail to it came back. */
    public Optional<String> silentAddress() {
        return Optional.of(address()).filter(undelivered::contains);
    }

    /** Its owner says that it works again. */
    public void worksAgain() {
        undelivered.clear(address());
    }

    private String address() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.CITIZEN)
                .flatMap(caller -> database.read(handle -> handle.createQuery(
                                "select email from citizen_account where town_id = :town and id = :id")
                        .bind("town", town.id())
                        .bind("id", caller.id())
                        .mapTo(String.class)
                        .findOne()))
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"));
    }
}
