package fr.portailfamille.exchange;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exchange key, as agents see it; the key itself is not known any more.
 *
 * @param madeBy name of the agent; null for keys that the operator made
 * @param usedAt to within minutes; null = never
 */
public record KeyRow(
        long id,
        String name,
        Instant madeAt,
        @Nullable String madeBy,
        @Nullable Instant usedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {

    public KeyState state() {
        return revokedAt == null ? KeyState.ACTIVE : KeyState.REVOKED;
    }
}
