package fr.portailfamille.notice.sms;

import fr.portailfamille.common.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.time.Instant;
import java.util.List;

/**
 * Finds short messages that are due, over all towns, and lends them to one sender at a time. Reads {@code work_due} alone,
 * which stands outside the walls and tells nothing about anybody.
 */
@Stateless
@RolesAllowed("SYSTEM")
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DueMessages {

    @Inject
    private Database database;

    /** A message lent to a sender. */
    record Due(int town, long message) {}

    /** Lends some; a sender that dies gives them back by not coming back before the loan ends. */
    public List<Due> lend(int most, Instant now, Instant until) {
        return database.read(handle -> handle.createQuery("""
                        update work_due w set due_at = :until
                          from (select town_id, item_id from work_due
                                 where kind = 'SMS' and due_at <= :now
                                 order by due_at, item_id limit :most
                                   for update skip locked) d
                         where w.kind = 'SMS' and w.town_id = d.town_id and w.item_id = d.item_id
                        returning w.town_id, w.item_id""")
                .bind("now", now)
                .bind("until", until)
                .bind("most", most)
                .map((row, context) -> new Due(row.getInt("town_id"), row.getLong("item_id")))
                .list());
    }
}
