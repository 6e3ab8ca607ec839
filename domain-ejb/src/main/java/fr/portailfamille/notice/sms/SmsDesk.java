package fr.portailfamille.notice.sms;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Short messages of one town, for the sender. Each act is a transaction of its own, and none spans the gateway's answer. */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SmsDesk {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /**
     * A message still to be sent.
     *
     * @param reason why it was not sent yet
     */
    record Queued(
            long id,
            SmsGateway.Sms sms,
            int tries,
            Instant createdAt,
            @Nullable String reason) {}

    /** Empty for one that is over; it is no longer due then. */
    public Optional<Queued> open(long id) {
        Optional<Queued> queued = database.read(handle -> handle.createQuery(
                        "select id, key, phone, words, attempts, created_at, last_error from text_message"
                                + " where town_id = :town and id = :id and state = 'QUEUED'")
                .bind("town", town.id())
                .bind("id", id)
                .map((row, context) -> queued(row))
                .findOne());
        if (queued.isEmpty()) {
            over(id);
        }
        return queued;
    }

    private static Queued queued(ResultSet row) throws SQLException {
        return new Queued(
                row.getLong("id"),
                new SmsGateway.Sms(row.getObject("key", UUID.class), row.getString("phone"), row.getString("words")),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("last_error"));
    }

    public void sent(Queued message, Instant at) {
        database.write(handle -> handle.createUpdate("""
                        update text_message set state = 'SENT', sent_at = :at, attempts = attempts + 1,
                                                next_attempt_at = null, last_error = null
                         where town_id = :town and id = :id and state = 'QUEUED'""")
                .bind("town", town.id())
                .bind("id", message.id())
                .bind("at", at)
                .execute());
        over(message.id());
    }

    /** It will never be sent; agents read why. */
    public void failed(Queued message, String reason) {
        database.write(handle -> handle.createUpdate("""
                        update text_message set state = 'FAILED', attempts = attempts + 1, next_attempt_at = null,
                                                last_error = :reason
                         where town_id = :town and id = :id and state = 'QUEUED'""")
                .bind("town", town.id())
                .bind("id", message.id())
                .bind("reason", reason)
                .execute());
        over(message.id());
    }

    /** @param tries 1 where it was tried in vain, 0 where the gateway could not be used */
    public void waits(Queued message, @Nullable String reason, Instant next, int tries) {
        database.write(handle -> {
            handle.createUpdate("""
                            update text_message set attempts = attempts + :tries, next_attempt_at = :next,
                                                    last_error = :reason
                             where town_id = :town and id = :id and state = 'QUEUED'""")
                    .bind("town", town.id())
                    .bind("id", message.id())
                    .bind("tries", tries)
                    .bind("next", next)
                    .bind("reason", reason)
                    .execute();
            handle.createUpdate(
                            "update work_due set due_at = :next where kind = 'SMS' and town_id = :town and item_id = :id")
                    .bind("town", town.id())
                    .bind("id", message.id())
                    .bind("next", next)
                    .execute();
        });
    }

    private void over(long id) {
        database.write(handle -> handle.createUpdate(
                        "delete from work_due where kind = 'SMS' and town_id = :town and item_id = :id")
                .bind("town", town.id())
                .bind("id", id)
                .execute());
    }
}
