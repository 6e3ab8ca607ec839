package fr.portailfamille.exchange;

/** What the rejected rows of a run can be ordered by. */
public enum RejectSort {
    /** File and line. */
    PLACE
}
