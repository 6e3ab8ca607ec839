/**
 * E-mails: the outbox ({@link fr.portailfamille.notice.Outbox}), their wording and templates, the sender, and the digests
 * of decisions ({@link fr.portailfamille.notice.DigestDesk}).
 *
 * <p>Invariants: a notice is written in the transaction of the act it tells of; it bears one Message-ID over all tries; no
 * transaction is open while a mail server is being talked to; every decision is in one digest at most (the key of
 * {@code digest_entry}) and, once a later window has closed, in exactly one; links come from configuration.
 */
package fr.portailfamille.notice;
