package fr.portailfamille.account;

import fr.portailfamille.common.Email;
import fr.portailfamille.credential.OneTimeLinks;
import fr.portailfamille.credential.OneTimeLinks.Purpose;
import fr.portailfamille.credential.Throttle;
import fr.portailfamille.credential.Throttle.Limit;
import fr.portailfamille.notice.UndeliveredAddresses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The steps of signing up and in, each a transaction of its own, so that none is open while a password is hashed. For
 * {@link AccountEntrance} alone; public because only public methods of an EJB are business methods.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AccountAccess {

    private static final String CITIZEN = "citizen ";

    /** What signing in needs to know of an account. */
    public record Known(
            AccountEntrance.Session session, @Nullable String passwordHash, AccountState state, Email email) {}

    @Inject
    private Accounts accounts;

    @Inject
    private AccountLetters letters;

    @Inject
    private Subscribing subscribing;

    @Inject
    private OneTimeLinks links;

    @Inject
    private Throttle throttle;

    @Inject
    private UndeliveredAddresses undelivered;

    @Inject
    private Clock clock;

    /** Counts a try; false when there were too many, for the mailbox or for the machine. */
    public boolean mayTry(String email, String machine) {
        boolean forMailbox = throttle.allows(Limit.SIGN_IN_PER_EMAIL, CITIZEN + email);
        return throttle.allows(Limit.SIGN_IN_PER_ADDRESS, CITIZEN + machine) && forMailbox;
    }

    public boolean maySignUp(String machine) {
        return throttle.allows(Limit.SIGN_UP_PER_ADDRESS, CITIZEN + machine);
    }

    public Optional<Known> find(int town, String email) {
        return Email.of(email).flatMap(accounts::byEmail).map(account -> known(town, account));
    }

    public Optional<AccountEntrance.Session> active(int town, long id) {
        return accounts.byId(id)
                .filter(account -> account.state() == AccountState.ACTIVE)
                .map(account -> known(town, account).session());
    }

    private static Known known(int town, CitizenAccount account) {
        return new Known(
                AccountEntrance.session(town, account), account.passwordHash(), account.state(), account.email());
    }

    /** @return whether mail to the account's address comes back */
    public boolean signedIn(Known known) {
        throttle.forget(Limit.SIGN_IN_PER_EMAIL, CITIZEN + known.email().value());
        accounts.signedIn(known.session().caller().id(), clock.instant());
        return undelivered.contains(known.email().value());
    }

    /** Whatever the address is known as, one row or none is written and one e-mail posted. */
    public void register(int town, SignUp form, String passwordHash) {
        accounts.lock(form.email());
        if (!throttle.allows(Limit.MAIL_PER_EMAIL, CITIZEN + form.email().key())) {
            return;
        }
        Optional<CitizenAccount> known = accounts.byEmail(form.email());
        if (known.isEmpty()) {
            CitizenAccount account = new CitizenAccount(town, accounts.nextId(), form, passwordHash, clock.instant());
            accounts.add(account);
            letters.activation(account);
        } else if (known.get().state() == AccountState.PENDING) {
            known.get().signUpAgain(form, passwordHash);
            accounts.flush();
            letters.activation(known.get());
        } else {
            letters.alreadyRegistered(known.get());
        }
    }

    /** A link for whoever holds the address: to activate while the account waits for that, else for a new password. */
    public void sendLink(String text) {
        Optional<Email> email = Email.of(text);
        if (email.isEmpty()
                || !throttle.allows(Limit.MAIL_PER_EMAIL, CITIZEN + email.get().key())) {
            return;
        }
        accounts.byEmail(email.get()).ifPresent(account -> {
            switch (account.state()) {
                case PENDING -> {
                    if (account.awaitsFirstPassword()) {
                        letters.firstPassword(account);
                    } else {
                        letters.activation(account);
                    }
                }
                case ACTIVE -> letters.newPassword(account);
                case DISABLED -> {}
            }
        });
    }

    /** The address that the link was sent to, when it would still work. */
    public Optional<Email> holder(Purpose purpose, String token) {
        OptionalLong subject = links.subject(purpose, token);
        return subject.isEmpty()
                ? Optional.empty()
                : accounts.byId(subject.getAsLong()).map(CitizenAccount::email);
    }

    /** Uses the link up, opens the account, and subscribes it with what was given at sign-up. */
    public Optional<AccountEntrance.Activated> activate(String token) {
        OptionalLong subject = links.redeem(Purpose.ACCOUNT_ACTIVATION, token);
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        CitizenAccount account = accounts.byId(subject.getAsLong()).orElseThrow();
        account.activate(clock.instant());
        Optional<Claim> claim = account.takeClaim();
        accounts.flush();
        return Optional.of(new AccountEntrance.Activated(claim.map(given -> subscribing.subscribe(account, given))));
    }

    public boolean setPassword(String token, String hash) {
        OptionalLong subject = links.redeem(Purpose.ACCOUNT_PASSWORD, token);
        Optional<CitizenAccount> account = subject.isEmpty()
                ? Optional.empty()
                : accounts.byId(subject.getAsLong()).filter(found -> found.state() != AccountState.DISABLED);
        account.ifPresent(found -> {
            found.choosePassword(hash, clock.instant());
            throttle.forget(Limit.SIGN_IN_PER_EMAIL, CITIZEN + found.email().value());
        });
        return account.isPresent();
    }
}
