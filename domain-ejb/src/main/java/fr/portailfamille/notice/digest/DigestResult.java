package fr.portailfamille.notice.digest;

import java.io.Serializable;
import java.time.Instant;

/** What closing a window came to: how many families are written to, about how many decisions. */
public record DigestResult(Instant windowEnd, int accounts, int decisions) implements Serializable {}
