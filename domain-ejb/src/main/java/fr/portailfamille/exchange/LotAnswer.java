package fr.portailfamille.exchange;

/** What came of an agent's act on a lot. */
public enum LotAnswer {
    DONE,
    /** The lot is not in that state any more: somebody else was quicker, or its turn came. */
    TOO_LATE,
    /** What was stored of the lot has been erased; it has to be sent again. */
    ERASED,
    /** Another lot has taken its sequence. */
    SEQUENCE_TAKEN
}
