package fr.portailfamille.exchange;

import java.time.Instant;

/**
 * What an agent decided on a lot.
 *
 * @param by the agent's name
 */
public record LotDecision(Kind kind, String by, Instant at) {

    /** What agents may decide. */
    public enum Kind {
        /** Apply what the guard held. */
        CONFIRMED,
        /** Never apply it. */
        CANCELLED,
        /** Try again what failed. */
        RESTARTED,
        /** Not an act on the lot, but its rejected rows were given out as they came, personal data included. */
        CORRECTIONS_READ
    }
}
