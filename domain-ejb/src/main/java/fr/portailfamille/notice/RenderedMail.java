package fr.portailfamille.notice;

/** An e-mail in words: the subject and the two alternative bodies. */
record RenderedMail(String subject, String text, String html) {}
