/**
 * The way from the outbox to a mail server: on every node one sender that is woken by commits, lends itself due notices,
 * speaks SMTP without an open transaction, and notes that each left before the next one ends.
 */
package fr.portailfamille.notice.post;
