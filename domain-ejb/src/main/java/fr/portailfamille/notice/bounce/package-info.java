/**
 * Mail that comes back: reads the reports of mail servers (RFC 3464), finds the notice that each speaks of, and notes with
 * it that it did not arrive. A report proves itself by the Message-ID of the notice together with its addressee, which
 * only those know who had the mail in hands; anything else changes nothing.
 *
 * <p>What comes in is anybody's: it is bounded before it is read, and no fault of one mail may keep the next ones from
 * being read.
 */
package fr.portailfamille.notice.bounce;
