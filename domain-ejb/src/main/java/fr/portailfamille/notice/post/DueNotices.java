package fr.portailfamille.notice.post;

import fr.portailfamille.common.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Finds notices that are due, over all towns, and lends them to one sender at a time. Reads {@code work_due} alone, which
 * stands outside the walls and tells nothing about anybody.
 */
@Stateless
@RolesAllowed("SYSTEM")
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DueNotices {

    private static final Logger LOG = System.getLogger(DueNotices.class.getName());

    private static final String LEFT = """
            with quick as (select set_config('synchronous_commit', 'off', true))
            update work_due set done_at = ? from quick
             where kind = 'NOTICE' and town_id = ? and item_id = ?""";

    @Inject
    private Database database;

    /**
     * A notice lent to a sender.
     *
     * @param doneAt when it left, where a sender died before it could note so with the notice
     */
    record Due(int town, long notice, @Nullable Instant doneAt) {}

    /** Lends some; a sender that dies gives them back by not coming back before the loan ends. */
    public List<Due> lend(String sender, int most, Instant now, Instant until) {
        return database.read(handle -> handle.createQuery("""
                        update work_due w set due_at = :until, lent_to = :sender
                          from (select town_id, item_id from work_due
                                 where kind = 'NOTICE' and due_at <= :now
                                 order by due_at, item_id limit :most
                                   for update skip locked) d
                         where w.kind = 'NOTICE' and w.town_id = d.town_id and w.item_id = d.item_id
                        returning w.town_id, w.item_id, w.done_at""")
                .bind("now", now)
                .bind("until", until)
                .bind("sender", sender)
                .bind("most", most)
                .map((row, context) -> due(row))
                .list());
    }

    private static Due due(ResultSet row) throws SQLException {
        Timestamp done = row.getTimestamp("done_at");
        return new Due(row.getInt("town_id"), row.getLong("item_id"), done == null ? null : done.toInstant());
    }

    /** Notes that a mail left. */
    interface Marker {

        /** Ends when the note is made; over a connection of its own where the one that is kept is broken. */
        void left(int town, long notice, Instant at);
    }

    /**
     * Does work in which mails leave. The note of each is the smallest there is, because the end of the next one waits for
     * it: a sender that dies after it repeats nothing. A crash of the portal loses nothing by not waiting for the disk;
     * one of the database repeats a mail, under its Message-ID. Statements that commit themselves, over a connection that
     * is kept: no transaction is open while a mail server is spoken to, and to begin and end one, or to have a connection
     * looked after each time, would take longer than the note.
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void marking(Consumer<Marker> work) {
        database.write(handle -> {
            try (PreparedStatement note = handle.getConnection().prepareStatement(LEFT)) {
                work.accept((town, notice, at) -> {
                    try {
                        note(note, town, notice, at);
                    } catch (SQLException e) {
                        LOG.log(Level.DEBUG, "The connection that what left is noted over is broken", e);
                        noteAnew(town, notice, at);
                    }
                });
            } catch (SQLException e) {
                throw new IllegalStateException("What leaves could not be noted", e);
            }
        });
    }

    private void noteAnew(int town, long notice, Instant at) {
        database.write(handle -> {
            try (PreparedStatement note = handle.getConnection().prepareStatement(LEFT)) {
                note(note, town, notice, at);
            } catch (SQLException e) {
                throw new IllegalStateException("What left could not be noted", e);
            }
        });
    }

    private static void note(PreparedStatement note, int town, long notice, Instant at) throws SQLException {
        note.setObject(1, at.atOffset(ZoneOffset.UTC));
        note.setInt(2, town);
        note.setLong(3, notice);
        note.executeUpdate();
    }

    /** Gives back what was not begun; what another sender has borrowed meanwhile stays with it. */
    public void giveBack(String sender, List<Due> rest, Instant now) {
        if (rest.isEmpty()) {
            return;
        }
        database.write(handle -> {
            PreparedBatch back = handle.prepareBatch("""
                    update work_due set due_at = :now, lent_to = null
                     where kind = 'NOTICE' and town_id = :town and item_id = :notice and lent_to = :sender""");
            rest.forEach(due -> back.bind("now", now)
                    .bind("town", due.town())
                    .bind("notice", due.notice())
                    .bind("sender", sender)
                    .add());
            back.execute();
        });
    }

    /** What this sender had borrowed when it died is due at once. Senders of two nodes have two names. */
    public int takeBack(String sender, Instant now) {
        return database.read(handle -> handle.createUpdate("update work_due set due_at = :now, lent_to = null"
                        + " where kind = 'NOTICE' and lent_to = :sender and due_at > :now")
                .bind("now", now)
                .bind("sender", sender)
                .execute());
    }
}
