/**
 * The way from the outbox to a mail server: on every node one sender that is woken by commits, lends itself due notices,
 * speaks SMTP without an open transaction, and notes what became of each before it begins the next.
 */
package fr.portailfamille.notice.post;
