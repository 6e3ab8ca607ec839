package fr.portailfamille.notice.digest;

import java.io.Serializable;
import java.time.Instant;

/** What telling came to: how many families are written to, about how many decisions and changes by the town. */
public record DigestResult(Instant windowEnd, int accounts, int decisions, int changes) implements Serializable {}
