/**
 * E-mails: what may be posted and how it is kept until it has left ({@link fr.portailfamille.notice.Outbox}). What a mail
 * says is the matter of {@code letter}, how it leaves that of {@code post}, the digests of decisions that of
 * {@code digest}; {@code letter} knows none of the others, {@code post} and {@code digest} not each other.
 *
 * <p>Invariants: a notice is written in the transaction of the act it tells of; it bears one Message-ID over all tries; no
 * transaction is open while a mail server is being talked to; every decision is in one digest at most (which it
 * names, and walls keep it from naming another) and, once a later window has closed, in exactly one; links come from configuration.
 */
package fr.portailfamille.notice;
