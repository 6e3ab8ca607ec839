package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Email;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Addresses of the running transaction's town that mail came back from. */
@ApplicationScoped
public class UndeliveredAddresses {

    private static final int LONGEST_REASON = 500;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** Mail to it came back, once more. */
    public void mark(String address, String reason, Instant at) {
        database.write(handle -> handle.createUpdate("""
                        insert into undelivered_address (town_id, address_key, reason, since, last_at)
                        values (:town, :key, :reason, :at, :at)
                        on conflict (town_id, address_key) do update
                            set reason = excluded.reason, last_at = excluded.last_at,
                                times = undelivered_address.times + 1""")
                .bind("town", town.id())
                .bind("key", key(address))
                .bind("reason", reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason)
                .bind("at", at)
                .execute());
    }

    /** It works again, say its owner or an agent; false when nothing was wrong with it. */
    boolean clear(String address) {
        return database.read(handle -> handle.createUpdate(
                                "delete from undelivered_address where town_id = :town and address_key = :key")
                        .bind("town", town.id())
                        .bind("key", key(address))
                        .execute())
                > 0;
    }

    /** Whether mail to it came back, and nobody has said that it works since. */
    public boolean contains(String address) {
        return database.read(handle -> handle.createQuery("select exists (select from undelivered_address"
                        + " where town_id = :town and address_key = :key)")
                .bind("town", town.id())
                .bind("key", key(address))
                .mapTo(Boolean.class)
                .one());
    }

    private static String key(String address) {
        return Optional.ofNullable(address)
                .flatMap(Email::of)
                .map(Email::key)
                .orElseGet(() -> MailAddress.shown(address).toLowerCase(Locale.ROOT));
    }
}
