package fr.portailfamille.exchange;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a lot, as the contract shows it.
 *
 * @param sequence 0 for a correction, which uses none
 */
public record LotStatus(
        UUID lotId,
        String flow,
        String mode,
        long sequence,
        boolean dryRun,
        String state,
        @Nullable String waitingFor,
        int progress,
        RowCounts rows,
        List<FileCounts> files,
        List<Reason> reasons,
        Instant receivedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    public LotStatus {
        files = List.copyOf(files);
        reasons = List.copyOf(reasons);
    }
}
