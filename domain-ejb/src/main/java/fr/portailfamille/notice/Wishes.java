package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;

/**
 * What families said of e-mails: « accepte de recevoir des e-mails », as the business application keeps it with the
 * guardian or partner who bears the account's address. An account that nobody there bears has said nothing, and accepts.
 */
@ApplicationScoped
class Wishes {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** Those of the accounts that do not accept e-mails. */
    Set<Long> declining(Collection<Long> accounts) {
        if (accounts.isEmpty()) {
            return Set.of();
        }
        return database.read(handle -> Set.copyOf(handle.createQuery("""
                        select a.id
                          from citizen_account a
                          join subscription s on s.town_id = :town and s.account_id = a.id and s.ended_at is null
                          join business_account b
                            on b.town_id = :town and b.id = s.business_account_id and b.archived_at is null
                          join membership m
                            on m.town_id = :town and m.family_id = b.family_id and m.archived_at is null
                           and m.role in ('GUARDIAN', 'PARTNER')
                          join individual i
                            on i.town_id = :town and i.id = m.individual_id and i.archived_at is null
                           and lower(i.email) = a.email_key
                         where a.town_id = :town and a.id = any(:accounts)
                         group by a.id
                        having not bool_or(i.accepts_email)""")
                .bind("town", town.id())
                .bindArray("accounts", Long.class, accounts)
                .mapTo(Long.class)
                .list()));
    }
}
