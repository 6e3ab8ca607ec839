package fr.portailfamille.credential;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVaults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Counts tries per key and window, over all nodes. Counts inside the running transaction: a boundary that throttles
 * answers with a value instead of an exception, else its rollback would forget the try.
 */
@ApplicationScoped
public class Throttle {

    /** What is limited, how often, within which time. */
    public enum Limit {
        SIGN_IN_PER_EMAIL(10, Duration.ofMinutes(15)),
        SIGN_IN_PER_ADDRESS(100, Duration.ofMinutes(15)),
        SUBSCRIPTION_PER_ACCOUNT(5, Duration.ofDays(1)),
        SUBSCRIPTION_PER_TOWN(300, Duration.ofHours(1)),
        MAIL_PER_EMAIL(5, Duration.ofHours(1)),
        SIGN_UP_PER_ADDRESS(50, Duration.ofHours(1));

        private final int tries;
        private final Duration window;

        Limit(int tries, Duration window) {
            this.tries = tries;
            this.window = window;
        }

        public int tries() {
            return tries;
        }

        public Duration window() {
            return window;
        }
    }

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    /** Counts a try and says whether it is within the limit. Keys are compared without case. */
    public boolean allows(Limit limit, String key) {
        Instant now = clock.instant();
        int tries = database.read(
                handle -> handle.createQuery("insert into throttle as t (town_id, what, key_mac, window_start, tries) "
                                + "values (:town, :what, :key, :now, 1) "
                                + "on conflict (town_id, what, key_mac) do update set "
                                + "tries = case when t.window_start <= :since then 1 else t.tries + 1 end, "
                                + "window_start = case when t.window_start <= :since then :now else t.window_start end "
                                + "returning tries")
                        .bind("town", town.id())
                        .bind("what", limit)
                        .bind("key", mac(key))
                        .bind("now", now)
                        .bind("since", now.minus(limit.window))
                        .mapTo(int.class)
                        .one());
        return tries <= limit.tries;
    }

    /** Forgets the tries, after a success. */
    public void forget(Limit limit, String key) {
        database.write(handle -> handle.createUpdate(
                        "delete from throttle where town_id = :town and what = :what and key_mac = :key")
                .bind("town", town.id())
                .bind("what", limit)
                .bind("key", mac(key))
                .execute());
    }

    private byte[] mac(String key) {
        return Objects.requireNonNull(vaults.of(town.id()).mac(key.toLowerCase(Locale.ROOT)));
    }
}
