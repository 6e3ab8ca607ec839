package fr.portailfamille.account;

import fr.portailfamille.credential.PasswordRule;
import fr.portailfamille.credential.Passwords;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.util.List;

/** Changing one's own password, which needs the present one. Holds no transaction while it hashes. */
@Stateless
@RolesAllowed("CITIZEN")
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PasswordChange {

    /** Outcome of a change. */
    public sealed interface Outcome {
        /**
         * Changed; other sessions are over.
         *
         * @param stamp what the session of the caller goes on with
         */
        record Changed(String stamp) implements Outcome {}

        /** The present password is another. */
        record WrongPassword() implements Outcome {}

        /** Not a password that may be used. */
        record Weak(List<PasswordRule.Flaw> flaws) implements Outcome {}
    }

    @Inject
    private MyAccount account;

    @Inject
    private Passwords passwords;

    public Outcome change(String present, String wanted) {
        if (!passwords.verify(present, account.passwordHash())) {
            return new Outcome.WrongPassword();
        }
        List<PasswordRule.Flaw> flaws =
                PasswordRule.flaws(wanted, account.identity().email());
        return flaws.isEmpty()
                ? new Outcome.Changed(account.changePassword(passwords.hash(wanted)))
                : new Outcome.Weak(flaws);
    }
}
