package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;

/** Keys with which the business application signs in. Only their hash is kept: a key is shown once, when it is made. */
@Stateless
@RolesAllowed("SYSTEM")
public class ExchangeKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /** Makes a key of the town and gives it back in clear, for this once. */
    public String create(String name) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        String key = "pfx_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        database.write(handle -> handle.createUpdate(
                        "insert into exchange_key (town_id, name, hash, created_at) values (:town, :name, :hash, :now)")
                .bind("town", town.id())
                .bind("name", name)
                .bind("hash", KeyHash.of(key))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
        return key;
    }
}
