package fr.portailfamille.notice.digest;

import fr.portailfamille.notice.Addressee;
import fr.portailfamille.notice.letter.MailLine;

/** One decision or change of a window, and the digest it is told in. */
record DigestLine(long digest, Addressee to, MailLine line) {}
