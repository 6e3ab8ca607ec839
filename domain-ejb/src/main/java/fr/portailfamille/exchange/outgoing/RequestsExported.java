package fr.portailfamille.exchange.outgoing;

import java.time.Instant;

/** A lot was cut for the first time, in the running transaction. */
public record RequestsExported(Instant startedAt, long sequence, int requests) {}
