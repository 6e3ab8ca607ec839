package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Whose key this is. Stands outside the walls: the town is known only by the key, and the table holds nobody's data. */
@Stateless
@PermitAll
@ExcludeDefaultInterceptors
public class ExchangeSignIn {

    /** The last use is worth knowing by the minutes, not a write for every request. */
    private static final long USE_NOTED_EVERY_SECONDS = 300;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    @Inject
    private Clock clock;

    private record Known(long id, int town, OffsetDateTime usedAt) {}

    /** Empty for unknown and revoked keys. */
    public Optional<Caller> identify(String key) {
        try (Handle handle = Jdbi.open(dataSource)) {
            Optional<Known> known = handle.createQuery(
                            "select id, town_id, last_used_at from exchange_key where hash = :hash and revoked_at is null")
                    .bind("hash", KeyHash.of(key))
                    .map((row, context) -> new Known(
                            row.getLong("id"),
                            row.getInt("town_id"),
                            row.getObject("last_used_at", OffsetDateTime.class)))
                    .findOne();
            known.ifPresent(found -> noteUse(handle, found));
            return known.map(found -> Caller.exchange(found.town(), found.id()));
        }
    }

    private void noteUse(Handle handle, Known known) {
        Instant now = clock.instant();
        if (known.usedAt() == null
                || known.usedAt()
                        .toInstant()
                        .plusSeconds(USE_NOTED_EVERY_SECONDS)
                        .isBefore(now)) {
            handle.createUpdate("update exchange_key set last_used_at = :now where id = :id")
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("id", known.id())
                    .execute();
        }
    }
}
