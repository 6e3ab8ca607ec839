package fr.portailfamille.notice;

/** What became of a notice. */
public enum NoticeState {
    /** On its way, or to be tried again. */
    QUEUED,
    SENT,
    /** It left, and came back later. */
    RETURNED,
    /** It will not be tried again. */
    FAILED,
    /** Its addressee does not accept e-mails. */
    DECLINED
}
