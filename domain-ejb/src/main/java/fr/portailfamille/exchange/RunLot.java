package fr.portailfamille.exchange;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lot of a run.
 *
 * @param mode {@code full} or {@code delta}
 * @param sequence null for a correction, which uses none
 * @param senderName name of the key or the agent; null for the drop folder, and for lots older than this was kept
 * @param latest no later run has taken the lot up: what is decided now is about this run
 * @param stored what came is still there; it is erased after 30 days
 */
public record RunLot(
        long id,
        UUID lotId,
        String mode,
        @Nullable Long sequence,
        boolean dryRun,
        String state,
        LotSender sender,
        @Nullable String senderName,
        @Nullable String producer,
        Instant receivedAt,
        boolean latest,
        boolean stored,
        List<LotDecision> decisions) {

    public RunLot {
        decisions = List.copyOf(decisions);
    }

    /** Whether an agent has to decide whether it is applied. */
    public boolean isHeld() {
        return latest && state.equals("GUARD");
    }

    public boolean mayRestart() {
        return latest && stored && state.equals("FAILED");
    }
}
