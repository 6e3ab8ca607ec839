package fr.portailfamille.account;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The accounts that business applications know families by, of the running transaction's town, and who is subscribed. */
@ApplicationScoped
class BusinessAccounts {

    record BusinessAccount(long id, long family, String name) {}

    record Guardian(String email, String civility, String lastName, String firstName) {}

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** Several where two families were given one code; each needs its own proof. */
    List<BusinessAccount> byCode(SubscriptionCode code) {
        return database.read(handle -> handle.createQuery("""
                        select id, family_id, name from business_account
                         where town_id = :town and account_code in (:code, lower(:code)) and archived_at is null
                           and family_id is not null
                         order by id""")
                .bind("town", town.id())
                .bind("code", code.value())
                .map((row, context) ->
                        new BusinessAccount(row.getLong("id"), row.getLong("family_id"), row.getString("name")))
                .list());
    }

    boolean knowsEmail(long family, String emailKey) {
        return database.read(handle -> handle.createQuery("""
                        select exists (
                            select from membership m
                              join individual i on i.town_id = :town and i.id = m.individual_id
                             where m.town_id = :town and m.family_id = :family and m.role in ('GUARDIAN', 'PARTNER')
                               and m.access <> 'NONE' and m.archived_at is null and i.archived_at is null
                               and lower(i.email) = :email)""")
                .bind("town", town.id())
                .bind("family", family)
                .bind("email", emailKey)
                .mapTo(boolean.class)
                .one());
    }

    boolean hasChildBornOn(long family, LocalDate day) {
        return database.read(handle -> handle.createQuery("""
                        select exists (
                            select from membership m
                              join individual i on i.town_id = :town and i.id = m.individual_id
                             where m.town_id = :town and m.family_id = :family and m.role = 'CHILD'
                               and m.archived_at is null and i.archived_at is null and i.birth_date = :day)""")
                .bind("town", town.id())
                .bind("family", family)
                .bind("day", day)
                .mapTo(boolean.class)
                .one());
    }

    boolean isSubscribed(long account, long businessAccount) {
        return database.read(handle -> handle.createQuery("""
                        select exists (select from subscription where town_id = :town and account_id = :account
                            and business_account_id = :business and ended_at is null)""")
                .bind("town", town.id())
                .bind("account", account)
                .bind("business", businessAccount)
                .mapTo(boolean.class)
                .one());
    }

    /** False where a second click of the same person was faster. */
    boolean subscribe(long account, long businessAccount, Proof proof, Instant at) {
        return database.read(handle -> handle.createUpdate("""
                        insert into subscription (town_id, id, account_id, business_account_id, proof, created_at)
                        values (:town, nextval('subscription_seq'), :account, :business, :proof, :at)
                        on conflict (town_id, account_id, business_account_id) where ended_at is null do nothing""")
                        .bind("town", town.id())
                        .bind("account", account)
                        .bind("business", businessAccount)
                        .bind("proof", proof.name())
                        .bind("at", at)
                        .execute())
                == 1;
    }

    /** The grown-ups of the family whose address Enfance knows, but for one address. */
    List<Guardian> guardiansBut(long family, String emailKey) {
        return database.read(handle -> handle.createQuery("""
                        select distinct on (lower(i.email)) i.email, i.civility, i.last_name, i.first_name
                          from membership m
                          join individual i on i.town_id = :town and i.id = m.individual_id and i.archived_at is null
                         where m.town_id = :town and m.family_id = :family and m.role in ('GUARDIAN', 'PARTNER')
                           and m.archived_at is null and i.email is not null and lower(i.email) <> :email
                         order by lower(i.email), i.id""")
                .bind("town", town.id())
                .bind("family", family)
                .bind("email", emailKey)
                .map((row, context) -> new Guardian(
                        row.getString("email"),
                        Optional.ofNullable(row.getString("civility")).orElse(""),
                        row.getString("last_name"),
                        row.getString("first_name")))
                .list());
    }

    List<SubscriptionRow> subscriptionsOf(long account) {
        return database.read(handle -> handle.createQuery("""
                        select s.id, b.universe, b.name, b.account_code, s.created_at
                          from subscription s
                          join business_account b on b.town_id = :town and b.id = s.business_account_id
                         where s.town_id = :town and s.account_id = :account and s.ended_at is null
                           and b.archived_at is null
                         order by s.created_at, s.id""")
                .bind("town", town.id())
                .bind("account", account)
                .map((row, context) -> new SubscriptionRow(
                        row.getLong("id"),
                        row.getString("universe"),
                        row.getString("name"),
                        row.getString("account_code"),
                        row.getTimestamp("created_at").toInstant()))
                .list());
    }
}
