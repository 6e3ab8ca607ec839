package fr.portailfamille.notice;

/** One decision of a window, and the digest it is told in. */
record DigestLine(long digest, Addressee to, MailLine line) {}
