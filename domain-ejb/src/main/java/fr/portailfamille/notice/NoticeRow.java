package fr.portailfamille.notice;

import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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

    /** Of a query that names its columns as those of the table, {@code at}, {@code repeated} and {@code repeatable}. */
    static NoticeRow of(ResultSet row) throws SQLException {
        return new NoticeRow(
                row.getLong("id"),
                row.getString("subject"),
                row.getString("recipient"),
                row.getTimestamp("at").toInstant(),
                NoticeState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                instant(row.getTimestamp("next_attempt_at")),
                row.getString("last_error"),
                row.getBoolean("repeated"),
                row.getBoolean("repeatable"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** Whether there is something to say of tries: there were some, or the first is still to come. */
    public boolean tried() {
        return attempts > 0 || state == NoticeState.QUEUED;
    }

    /** For pages, which cannot ask for null by an accessor. */
    public Optional<String> fault() {
        return Optional.ofNullable(error);
    }
}
