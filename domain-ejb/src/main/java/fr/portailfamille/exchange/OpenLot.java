package fr.portailfamille.exchange;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lot that has come and is not finished: its turn has not come, something is missing before it, or an agent has to
 * decide.
 *
 * @param type of its runs
 * @param sequence null for a correction, which uses none
 * @param waitsForType type of the runs of the flow that it waits for
 * @param waitsForSequence which lot of that flow
 * @param heldRun the run that the guard ended
 * @param overdue it has waited for more than a day
 */
public record OpenLot(
        long id,
        UUID lotId,
        String type,
        @Nullable Long sequence,
        State state,
        @Nullable String waitsForType,
        @Nullable Long waitsForSequence,
        @Nullable Long heldRun,
        Instant receivedAt,
        boolean overdue) {

    /** What it waits for. */
    public enum State {
        /** Its turn. */
        RECEIVED,
        /** Another lot. */
        WAITING,
        /** An agent. */
        GUARD
    }
}
