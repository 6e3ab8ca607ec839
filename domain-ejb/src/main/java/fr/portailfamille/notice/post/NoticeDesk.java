package fr.portailfamille.notice.post;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.UndeliveredAddresses;
import fr.portailfamille.notice.letter.MailTemplate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Notices of one town, for the sender: what there is to send, and what became of it. Each act is a transaction of its
 * own and over before, or begun after, the mail server is spoken to.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NoticeDesk {

    private static final Logger LOG = System.getLogger(NoticeDesk.class.getName());

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private UndeliveredAddresses undelivered;

    @Inject
    private Clock clock;

    /**
     * A notice still to be sent.
     *
     * @param model as it is stored, encrypted: what one notice's cannot be read for must not hold up the others
     */
    record Queued(
            long id,
            MailTemplate template,
            String recipient,
            String messageId,
            byte[] model,
            int tries,
            Instant createdAt) {}

    /**
     * Those of the notices that are still to be sent; the others are no longer due. One of a template that only a newer
     * version of the portal knows is left to it.
     */
    public List<Queued> open(List<Long> ids) {
        return database.read(handle -> {
            Set<Long> gone = new TreeSet<>(ids);
            List<Queued> queued = new ArrayList<>();
            handle.createQuery(
                            "select id, template, recipient, message_id, model_enc, attempts, created_at from notice "
                                    + "where town_id = :town and id = any(:ids) and state = 'QUEUED' order by id")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .map((row, context) -> {
                        gone.remove(row.getLong("id"));
                        return queued(row);
                    })
                    .forEach(notice -> notice.ifPresent(queued::add));
            gone.forEach(id -> done(handle, id));
            return queued;
        });
    }

    private static Optional<Queued> queued(ResultSet row) throws SQLException {
        Optional<MailTemplate> template = MailTemplate.named(row.getString("template"));
        if (template.isEmpty()) {
            LOG.log(Level.WARNING, "Notice {0} is of a template that is not known here", row.getString("id"));
            return Optional.empty();
        }
        return Optional.of(new Queued(
                row.getLong("id"),
                template.get(),
                row.getString("recipient"),
                row.getString("message_id"),
                row.getBytes("model_enc"),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant()));
    }

    /** The server took them, each at its instant. What opens an account is erased with it. */
    public void sent(Map<Long, Instant> sentAt) {
        if (sentAt.isEmpty()) {
            return;
        }
        database.write(handle -> {
            // They bear their mark of having left already: what a crash of the database takes is noted again from it.
            handle.execute("set local synchronous_commit = off");
            List<Long> ids = new ArrayList<>();
            List<String> instants = new ArrayList<>();
            sentAt.forEach((id, at) -> {
                ids.add(id);
                instants.add(at.toString());
            });
            handle.createUpdate("""
                            update notice n set state = 'SENT', sent_at = s.at, attempts = attempts + 1,
                                                next_attempt_at = null, last_error = null,
                                                model_enc = case when template = any(:secret) then null else model_enc end
                              from unnest(:ids, cast(:at as timestamptz[])) as s (id, at)
                             where n.town_id = :town and n.id = s.id and n.state = 'QUEUED'""")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .bindArray("at", String.class, instants)
                    .bindArray("secret", String.class, MailTemplate.secrets())
                    .execute();
            handle.createUpdate(
                            "delete from work_due where kind = 'NOTICE' and town_id = :town and item_id = any(:ids)")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .execute();
        });
    }

    /** It was tried in vain and will be again. */
    public void postponed(Queued notice, String reason, Instant next) {
        waits(notice, reason, next, 1);
    }

    /** It was not even tried, because the server could not be used. */
    public void heldBack(Queued notice, String reason, Instant next) {
        waits(notice, reason, next, 0);
    }

    private void waits(Queued notice, String reason, Instant next, int tries) {
        database.write(handle -> {
            handle.createUpdate("update notice set attempts = attempts + :tries, next_attempt_at = :next, "
                            + "last_error = :reason where town_id = :town and id = :id and state = 'QUEUED'")
                    .bind("town", town.id())
                    .bind("id", notice.id())
                    .bind("tries", tries)
                    .bind("next", next)
                    .bind("reason", reason)
                    .execute();
            handle.createUpdate("update work_due set due_at = :next, lent_to = null "
                            + "where kind = 'NOTICE' and town_id = :town and item_id = :id")
                    .bind("town", town.id())
                    .bind("id", notice.id())
                    .bind("next", next)
                    .execute();
        });
    }

    /**
     * It will never be sent; agents read why.
     *
     * @param byAddress whether mail to its address comes back for good
     */
    public void failed(Queued notice, String reason, boolean byAddress) {
        database.write(handle -> {
            handle.createUpdate("""
                            update notice set state = 'FAILED', attempts = attempts + 1, next_attempt_at = null,
                                              last_error = :reason,
                                              model_enc = case when :erase then null else model_enc end
                             where town_id = :town and id = :id and state = 'QUEUED'""")
                    .bind("town", town.id())
                    .bind("id", notice.id())
                    .bind("reason", reason)
                    .bind("erase", notice.template().secret())
                    .execute();
            done(handle, notice.id());
        });
        if (byAddress) {
            undelivered.mark(notice.recipient(), reason, clock.instant());
        }
    }

    private void done(Handle handle, long id) {
        handle.createUpdate("delete from work_due where kind = 'NOTICE' and town_id = :town and item_id = :id")
                .bind("town", town.id())
                .bind("id", id)
                .execute();
    }
}
