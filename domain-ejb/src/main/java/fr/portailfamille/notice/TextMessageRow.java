package fr.portailfamille.notice;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A short message as agents see it.
 *
 * @param at when it was handed over; for one that was not, when it was written
 * @param nextAt when it is tried again
 * @param error the gateway's words
 */
public record TextMessageRow(
        String phone,
        Instant at,
        NoticeState state,
        int attempts,
        @Nullable Instant nextAt,
        @Nullable String error) implements Serializable {

    /** For pages, which cannot ask for null by an accessor. */
    public Optional<String> fault() {
        return Optional.ofNullable(error);
    }
}
