package fr.portailfamille.exchange;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of « État des traitements ».
 *
 * @param type {@code IMPORT_REFERENCE}, {@code IMPORT_INDIVIDUALS}, {@code IMPORT_REGISTRATIONS},
 *     {@code IMPORT_BOOKINGS}, and one for each other job
 * @param progress 0 to 100
 * @param received rows received
 */
public record RunRow(
        long id,
        String universe,
        String type,
        Instant startedAt,
        @Nullable Instant endedAt,
        int progress,
        long received,
        RowCounts counts,
        RunResult result,
        @Nullable UUID lotId,
        @Nullable Long sequence) {}
