package fr.portailfamille.account;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.Email;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.credential.OneTimeLinks.Purpose;
import fr.portailfamille.credential.PasswordRule;
import fr.portailfamille.credential.Passwords;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.util.List;
import java.util.Optional;

/**
 * What a visitor of a town's portal may do before signing in: sign up, confirm, sign in, ask for a new password. Neither
 * answer nor time tells whether an address is known. Stands outside the walls and holds no transaction; each step goes
 * through the gate of the town.
 */
@Stateless
@PermitAll
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccountEntrance {

    /**
     * A session of a citizen.
     *
     * @param stamp changes with the password and the state; a session with another one is over
     */
    public record Session(Caller caller, String name, String stamp) {}

    /** Outcome of a sign-in. */
    public sealed interface SignIn {
        /**
         * The citizen is who they say.
         *
         * @param silent whether mail to the account's address comes back
         */
        record Accepted(Session session, boolean silent) implements SignIn {}

        /** Unknown address, wrong password or closed account: nobody is told which. */
        record Refused() implements SignIn {}

        /** The right password of an account whose address was not confirmed yet. */
        record NotActivated() implements SignIn {}

        /** Too many tries for now. */
        record Throttled() implements SignIn {}
    }

    /** Outcome of a sign-up, as the form may tell it. */
    public sealed interface Registration {
        /** An e-mail leaves; what it says, its reader alone learns. */
        record Sent() implements Registration {}

        /** Not a password that may be used. */
        record Weak(List<PasswordRule.Flaw> flaws) implements Registration {}

        /** Too many accounts from one machine. */
        record Throttled() implements Registration {}
    }

    /** Outcome of choosing a password by a link. */
    public sealed interface NewPassword {
        /** Chosen; the link is used up and all sessions are over. */
        record Chosen() implements NewPassword {}

        /** The link was used, is too old, or never was one. */
        record LinkOver() implements NewPassword {}

        /** Not a password that may be used; the link still works. */
        record Weak(List<PasswordRule.Flaw> flaws) implements NewPassword {}
    }

    /**
     * An account that works from now on.
     *
     * @param subscription what became of the code abonné given at sign-up; empty where none was
     */
    public record Activated(Optional<SubscriptionOutcome> subscription) {}

    @Inject
    private TownGate gate;

    @Inject
    private AccountAccess access;

    @Inject
    private AccountPost post;

    @Inject
    private Passwords passwords;

    /**
     * Signs in.
     *
     * @param machine network address of the visitor, for the limit on tries
     */
    public SignIn signIn(int town, String email, String password, String machine) {
        String login = email.strip();
        return gate.inTown(town, () -> {
            if (!access.mayTry(login, machine)) {
                return new SignIn.Throttled();
            }
            Optional<AccountAccess.Known> known = access.find(town, login);
            if (!passwords.verify(
                    password, known.map(AccountAccess.Known::passwordHash).orElse(null))) {
                return new SignIn.Refused();
            }
            return switch (known.orElseThrow().state()) {
                case DISABLED -> new SignIn.Refused();
                case PENDING -> new SignIn.NotActivated();
                case ACTIVE -> new SignIn.Accepted(known.get().session(), access.signedIn(known.get()));
            };
        });
    }

    /** The session as it stands now; empty when the citizen may not go on. */
    public Optional<Session> recall(Caller caller) {
        return caller.kind() == Caller.Kind.CITIZEN
                ? gate.inTown(caller.town(), () -> access.active(caller.town(), caller.id()))
                : Optional.empty();
    }

    /** Opens an account that waits for its address to be confirmed. */
    public Registration signUp(int town, SignUp form, String machine) {
        List<PasswordRule.Flaw> flaws =
                PasswordRule.flaws(form.password(), form.email().value());
        if (!flaws.isEmpty()) {
            return new Registration.Weak(flaws);
        }
        return gate.inTown(town, () -> {
            if (!access.maySignUp(machine)) {
                return new Registration.Throttled();
            }
            access.register(town, form, passwords.hash(form.password()));
            return new Registration.Sent();
        });
    }

    /** Sends what the owner of the address needs to get in, if it is an account's. Comes back before it is looked up. */
    public void sendLink(int town, String email) {
        post.sendLink(town, email);
    }

    /** Whether the activation link would still work. Shows only: mail scanners open links. */
    public boolean mayActivate(int town, String token) {
        return gate.inTown(town, () -> access.holder(Purpose.ACCOUNT_ACTIVATION, token))
                .isPresent();
    }

    /** Empty when the link does not work any more. */
    public Optional<Activated> activate(int town, String token) {
        return gate.inTown(town, () -> access.activate(token));
    }

    /** Whether the link for a new password would still work. */
    public boolean mayChoosePassword(int town, String token) {
        return gate.inTown(town, () -> access.holder(Purpose.ACCOUNT_PASSWORD, token))
                .isPresent();
    }

    /** Chooses the password that the link was sent for; once. */
    public NewPassword choosePassword(int town, String token, String password) {
        return gate.inTown(town, () -> {
            Optional<Email> holder = access.holder(Purpose.ACCOUNT_PASSWORD, token);
            if (holder.isEmpty()) {
                return new NewPassword.LinkOver();
            }
            List<PasswordRule.Flaw> flaws =
                    PasswordRule.flaws(password, holder.get().value());
            if (!flaws.isEmpty()) {
                return new NewPassword.Weak(flaws);
            }
            return access.setPassword(token, passwords.hash(password))
                    ? new NewPassword.Chosen()
                    : new NewPassword.LinkOver();
        });
    }

    static Session session(int town, CitizenAccount account) {
        return new Session(
                Caller.citizen(town, account.id()),
                account.firstName() + " " + account.lastName(),
                Integer.toString(account.version()));
    }
}
