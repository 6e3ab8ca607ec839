package fr.portailfamille.notice.letter;

/** An e-mail in words: the subject and the two alternative bodies. */
public record RenderedMail(String subject, String text, String html) {}
