package fr.portailfamille.portal;

import fr.portailfamille.account.SubscriptionOutcome;
import jakarta.enterprise.context.ApplicationScoped;

/** What became of a code abonné, in words. */
@ApplicationScoped
public class SubscriptionSentences {

    public String about(SubscriptionOutcome outcome) {
        if (outcome instanceof SubscriptionOutcome.Linked linked) {
            return Texts.of("subscription.linked", linked.name());
        }
        if (outcome instanceof SubscriptionOutcome.LinkedAlready already) {
            return Texts.of("subscription.already", already.name());
        }
        if (outcome instanceof SubscriptionOutcome.SentToTown sent) {
            return Texts.of("subscription.sent", sent.requestRef());
        }
        return Texts.of(
                outcome instanceof SubscriptionOutcome.UnknownCode ? "subscription.unknown" : "subscription.throttled");
    }
}
