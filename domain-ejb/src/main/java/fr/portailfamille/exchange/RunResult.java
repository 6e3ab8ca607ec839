package fr.portailfamille.exchange;

/** How a run ended, or that it has not. */
public enum RunResult {
    RUNNING,
    DONE,
    DONE_WITH_REJECTS,
    /** A dry run: everything was checked, nothing was changed. */
    SIMULATED,
    REFUSED,
    /** Held: too much would be rejected or archived; an agent decides. */
    GUARD,
    /** Was held, and an agent confirmed: a later run applies the lot. */
    CONFIRMED,
    FAILED,
    CANCELLED,
    /** Never applied: a later lot has replaced it. */
    SUPERSEDED
}
