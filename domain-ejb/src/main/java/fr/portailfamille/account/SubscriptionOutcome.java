package fr.portailfamille.account;

import java.io.Serializable;

/** What becomes of a code abonné. */
public sealed interface SubscriptionOutcome extends Serializable {

    /** Subscribed; the family's pages open at once. */
    record Linked(String name) implements SubscriptionOutcome {}

    /** Subscribed before. */
    record LinkedAlready(String name) implements SubscriptionOutcome {}

    /** The code is right but nothing proves who gave it: agents decide on the request. */
    record SentToTown(String requestRef) implements SubscriptionOutcome {}

    /** No family has that code. */
    record UnknownCode() implements SubscriptionOutcome {}

    /** Too many tries for today. */
    record Throttled() implements SubscriptionOutcome {}
}
