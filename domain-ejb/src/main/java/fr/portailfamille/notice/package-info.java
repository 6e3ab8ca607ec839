/**
 * E-mails: what may be posted and how it is kept until it has left ({@link fr.portailfamille.notice.Outbox}). What a mail
 * says is the matter of {@code letter}, how it leaves that of {@code post}, the digests of decisions that of
 * {@code digest}; {@code letter} knows none of the others, {@code post} and {@code digest} not each other.
 *
 * <p>Invariants: a notice is written in the transaction of the act it tells of; it bears one Message-ID over all tries; no
 * transaction is open while a mail server is being talked to; every decision is in the one window
 * that was open when it was recorded, and is told with it, once; links come from configuration.
 */
package fr.portailfamille.notice;
