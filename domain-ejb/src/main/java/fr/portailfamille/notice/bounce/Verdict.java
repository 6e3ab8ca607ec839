package fr.portailfamille.notice.bounce;

/** What became of a mail that came in. */
public enum Verdict {
    /** It is noted with its notice that it came back. */
    NOTED(true),
    /** Another report said so before. */
    KNOWN(true),
    /** Delivery is delayed, or has not failed at all. */
    NOT_FINAL(false),
    /** Something else: an answer of a robot or of a person, an advertisement. */
    NO_REPORT(false),
    /** It speaks of no mail that was sent from here. */
    UNKNOWN_MAIL(false),
    /** It speaks of a mail that was sent from here, to somebody else. */
    OTHER_RECIPIENT(false),
    /** Longer than any report about mails of ours. */
    TOO_LARGE(false),
    /** Not to be read by the rules of mail. */
    UNREADABLE(false);

    private final boolean noted;

    Verdict(boolean noted) {
        this.noted = noted;
    }

    /** Whether nothing is left to be done about it; all others are put aside for somebody to look at. */
    public boolean noted() {
        return noted;
    }
}
