package fr.portailfamille.notice;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A notice as agents see it: what was sent, when, to whom, with what result.
 *
 * @param at when it left; for one that did not, when it was written
 * @param nextAt when it is tried again
 * @param error the mail server's words, or what was wrong with the address
 * @param repeatable whether it can be sent again
 */
public record NoticeRow(
        long id,
        String subject,
        String recipient,
        Instant at,
        NoticeState state,
        int attempts,
        @Nullable Instant nextAt,
        @Nullable String error,
        boolean repeated,
        boolean repeatable)
        implements Serializable {

    /** Whether there is something to say of tries: there were some, or the first is still to come. */
    public boolean tried() {
        return attempts > 0 || state == NoticeState.QUEUED;
    }

    /** For pages, which cannot ask for null by an accessor. */
    public Optional<String> fault() {
        return Optional.ofNullable(error);
    }
}
