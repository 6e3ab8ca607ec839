package fr.portailfamille.account;

import java.io.Serializable;
import java.time.Instant;

/** A subscription as its owner sees it listed. */
public record SubscriptionRow(long id, String universe, String name, String code, Instant since)
        implements Serializable {}
