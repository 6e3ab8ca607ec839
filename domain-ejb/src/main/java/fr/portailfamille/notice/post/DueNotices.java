package fr.portailfamille.notice.post;

import fr.portailfamille.common.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

    /**
     * They left, one after the other. The smallest note there is, because it is made between two mails: a sender that dies
     * after it repeats nothing. A crash of the portal loses nothing by not waiting for the disk; one of the database
     * repeats a mail, under its Message-ID. Statements that commit themselves, over one connection: to begin and end a
     * transaction, or to have a connection looked after, would take longer than the note.
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void mark(Marks marks) {
        database.write(handle -> {
            try (PreparedStatement left = handle.getConnection().prepareStatement("""
                    with quick as (select set_config('synchronous_commit', 'off', true))
                    update work_due set done_at = ? from quick
                     where kind = 'NOTICE' and town_id = ? and item_id = ?""")) {
                for (Marks.Mark mark = marks.next(); mark != null; mark = marks.next()) {
                    note(left, mark);
                }
            } catch (SQLException e) {
                throw new IllegalStateException("What left could not be noted", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while waiting for what leaves next", e);
            }
        });
    }

    private static void note(PreparedStatement left, Marks.Mark mark) throws SQLException {
        try {
            left.setObject(1, mark.at().atOffset(ZoneOffset.UTC));
            left.setInt(2, mark.town());
            left.setLong(3, mark.notice());
            left.executeUpdate();
            mark.done().complete(null);
        } catch (SQLException e) {
            mark.done().completeExceptionally(e);
            throw e;
        }
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
