/**
 * The way of short messages to a gateway: as {@code post} for e-mails, with the same promises and none of its speed. Work
 * is lent, no transaction is open while the gateway is spoken to, a message bears one key over all tries.
 */
package fr.portailfamille.notice.sms;
