package fr.portailfamille.account;

import fr.portailfamille.account.BusinessAccounts.BusinessAccount;
import fr.portailfamille.account.BusinessAccounts.Guardian;
import fr.portailfamille.credential.Throttle;
import fr.portailfamille.credential.Throttle.Limit;
import fr.portailfamille.notice.Outbox;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.request.RequestType;
import fr.portailfamille.request.Submissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Links an account to the family of a code abonné. The code alone can be guessed and opens children's health files, so
 * it takes a second proof: the account's confirmed address is one that Enfance knows for a grown-up of the family, or
 * the birth date of one of its children was given. Without one, agents decide.
 */
@ApplicationScoped
class Subscribing {

    private static final String TOWN = "town";

    private static final Logger LOG = System.getLogger(Subscribing.class.getName());

    @Inject
    private Accounts accounts;

    @Inject
    private BusinessAccounts businessAccounts;

    @Inject
    private Throttle throttle;

    @Inject
    private Submissions submissions;

    @Inject
    private Outbox outbox;

    @Inject
    private Clock clock;

    SubscriptionOutcome subscribe(CitizenAccount account, Claim claim) {
        if (!throttle.allows(Limit.SUBSCRIPTION_PER_ACCOUNT, Long.toString(account.id()))
                || !throttle.allows(Limit.SUBSCRIPTION_PER_TOWN, TOWN)) {
            return new SubscriptionOutcome.Throttled();
        }
        List<BusinessAccount> found = businessAccounts.byCode(claim.code());
        if (found.isEmpty()) {
            return new SubscriptionOutcome.UnknownCode();
        }
        for (BusinessAccount business : found) {
            Optional<Proof> proof = proof(account, claim, business);
            if (businessAccounts.isSubscribed(account.id(), business.id())) {
                return new SubscriptionOutcome.LinkedAlready(business.name());
            }
            if (proof.isPresent()) {
                link(account, business, proof.get());
                return new SubscriptionOutcome.Linked(business.name());
            }
        }
        return new SubscriptionOutcome.SentToTown(submissions
                .submitForTown(
                        account.id(), RequestType.SUBSCRIPTION, claim.code().value(), clock.instant())
                .ref()
                .value());
    }

    private Optional<Proof> proof(CitizenAccount account, Claim claim, BusinessAccount business) {
        if (businessAccounts.knowsEmail(business.family(), account.emailKey())) {
            return Optional.of(Proof.KNOWN_EMAIL);
        }
        return claim.childBirthDate()
                .filter(day -> businessAccounts.hasChildBornOn(business.family(), day))
                .map(day -> Proof.CHILD_BIRTH_DATE);
    }

    /** The town accepted what could not be proved. A code that several families have still says of none that it is theirs. */
    void accepted(long accountId, SubscriptionCode code) {
        List<BusinessAccount> found = businessAccounts.byCode(code);
        if (found.size() == 1) {
            accounts.byId(accountId).ifPresent(account -> link(account, found.get(0), Proof.AGENT));
        } else {
            LOG.log(Level.WARNING, "A subscription was accepted whose code {0} families have", found.size());
        }
    }

    private void link(CitizenAccount account, BusinessAccount business, Proof proof) {
        if (!businessAccounts.subscribe(account.id(), business.id(), proof, clock.instant())) {
            return;
        }
        for (Guardian guardian : businessAccounts.guardiansBut(business.family(), account.emailKey())) {
            Map<String, Object> model = new HashMap<>();
            if (!guardian.civility().isEmpty()) {
                model.put("civility", guardian.civility());
            }
            model.put("lastName", guardian.lastName());
            model.put("firstName", guardian.firstName());
            model.put("newcomer", account.firstName() + " " + account.lastName());
            outbox.queue(MailTemplate.NEW_SUBSCRIBER, guardian.email(), model);
        }
    }
}
