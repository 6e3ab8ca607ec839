package fr.portailfamille.account;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Email;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;

/** The citizen accounts of the running transaction's town. */
@ApplicationScoped
class Accounts {

    @PersistenceContext(unitName = "portal")
    private EntityManager entities;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    Optional<CitizenAccount> byId(long id) {
        return Optional.ofNullable(entities.find(CitizenAccount.class, new CitizenAccountId(town.id(), id)));
    }

    Optional<CitizenAccount> byEmail(Email email) {
        return entities.createQuery(
                        "select a from CitizenAccount a where a.townId = :town and a.emailKey = :key",
                        CitizenAccount.class)
                .setParameter("town", town.id())
                .setParameter("key", email.key())
                .getResultStream()
                .findFirst();
    }

    long nextId() {
        return (long) entities.createNativeQuery("select nextval('citizen_account_seq')")
                .getSingleResult();
    }

    /** Writes it at once, so that SQL of the same transaction finds it. */
    void add(CitizenAccount account) {
        entities.persist(account);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }

    /** Beside the entity: a sign-in is no change that would end sessions. */
    void signedIn(long id, Instant at) {
        database.write(handle -> handle.createUpdate(
                        "update citizen_account set last_sign_in_at = :at where town_id = :town and id = :id")
                .bind("town", town.id())
                .bind("id", id)
                .bind("at", at)
                .execute());
    }

    /** Two sign-ups with one address at the same time go one after the other. */
    void lock(Email email) {
        database.write(handle -> handle.createQuery(
                        "select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, :town))) as held")
                .bind("key", "citizen_account " + email.key())
                .bind("town", (long) town.id())
                .mapTo(int.class)
                .one());
    }
}
