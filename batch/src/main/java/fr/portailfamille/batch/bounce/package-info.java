/**
 * Where mail that came back is handed in: as files in a folder, or in a mailbox that is read by IMAP. What a mail says is
 * the matter of {@link fr.portailfamille.notice.bounce.Bounces}.
 */
package fr.portailfamille.batch.bounce;
