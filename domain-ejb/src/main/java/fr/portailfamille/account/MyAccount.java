package fr.portailfamille.account;

import fr.portailfamille.common.Caller;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Objects;

/** Mon compte: what the account says of its owner. */
@Stateless
@RolesAllowed("CITIZEN")
public class MyAccount {

    /** Who the account belongs to. */
    public record Identity(Civility civility, String lastName, String firstName, String email) {}

    @Resource
    private SessionContext context;

    @Inject
    private Accounts accounts;

    public Identity identity() {
        CitizenAccount account = mine();
        return new Identity(
                account.civility(),
                account.lastName(),
                account.firstName(),
                account.email().value());
    }

    public void rename(Civility civility, String lastName, String firstName) {
        mine().rename(civility, lastName, firstName);
    }

    /** The stored hash, for {@link PasswordChange}. */
    public String passwordHash() {
        return Objects.requireNonNull(mine().passwordHash());
    }

    /** All sessions end, and whoever changed it goes on with the stamp that comes back. */
    public String changePassword(String hash) {
        CitizenAccount account = mine();
        account.changePassword(hash);
        accounts.flush();
        return Integer.toString(account.version());
    }

    private CitizenAccount mine() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.CITIZEN)
                .flatMap(caller -> accounts.byId(caller.id()))
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"));
    }
}
