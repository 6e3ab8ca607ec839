package fr.portailfamille.notice;

import java.io.Serializable;
import java.time.Instant;

/**
 * An address that mail came back from.
 *
 * @param holder whose account bears it; empty where no account does
 * @param times how often mail came back since
 */
public record UndeliveredRow(String address, String holder, String reason, Instant since, Instant lastAt, int times)
        implements Serializable {}
