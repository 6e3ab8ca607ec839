package fr.portailfamille.notice;

/** A notice was written in the running transaction; the sender wakes when it has been committed. */
public record NoticeQueued() {}
