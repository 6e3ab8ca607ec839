package fr.portailfamille.exchange;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exchange keys of the running transaction's town. Only their hash is kept. */
@ApplicationScoped
class StoredKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String SELECT = """
            select k.id, k.name, k.created_at, k.last_used_at, k.revoked_at,
                   coalesce(nullif(concat_ws(' ', m.first_name, m.last_name), ''), m.email) as maker,
                   coalesce(nullif(concat_ws(' ', r.first_name, r.last_name), ''), r.email) as revoker
              from exchange_key k
              left join agent m on m.town_id = k.town_id and m.id = k.made_by
              left join agent r on r.town_id = k.town_id and r.id = k.revoked_by
             where k.town_id = :town
            """;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /** A key that was made: shown this once. */
    record Drawn(long id, String key) {
        /** The key must not get into a log by accident. */
        @Override
        public String toString() {
            return "key " + id;
        }
    }

    Drawn draw(String name, @Nullable Long agent) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        String key = "pfx_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        long id = database.read(
                handle -> handle.createQuery("insert into exchange_key (town_id, name, hash, created_at, made_by)"
                                + " values (:town, :name, :hash, :now, :agent) returning id")
                        .bind("town", town.id())
                        .bind("name", name)
                        .bind("hash", KeyHash.of(key))
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .bind("agent", agent)
                        .mapTo(long.class)
                        .one());
        return new Drawn(id, key);
    }

    /** Whether a key that still opens bears that name already. */
    boolean isUsed(String name) {
        return database.read(handle -> handle.createQuery("select exists (select from exchange_key"
                        + " where town_id = :town and lower(name) = lower(:name) and revoked_at is null)")
                .bind("town", town.id())
                .bind("name", name)
                .mapTo(boolean.class)
                .one());
    }

    List<KeyRow> page(KeySort sort, boolean ascending, int offset, int limit) {
        return database.read(handle -> handle.createQuery(
                        SELECT + " order by " + sort.orderBy(ascending) + " limit :limit offset :offset")
                .bind("town", town.id())
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> key(row))
                .list());
    }

    long count() {
        return database.read(handle -> handle.createQuery("select count(*) from exchange_key where town_id = :town")
                .bind("town", town.id())
                .mapTo(long.class)
                .one());
    }

    Optional<KeyRow> find(long id) {
        return database.read(handle -> handle.createQuery(SELECT + " and k.id = :id")
                .bind("town", town.id())
                .bind("id", id)
                .map((row, context) -> key(row))
                .findOne());
    }

    /** Whether it still opened. */
    boolean revoke(long id, long agent) {
        return database.read(
                        handle -> handle.createUpdate("update exchange_key set revoked_at = :now, revoked_by = :agent"
                                        + " where town_id = :town and id = :id and revoked_at is null")
                                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                                .bind("agent", agent)
                                .bind("town", town.id())
                                .bind("id", id)
                                .execute())
                == 1;
    }

    private static KeyRow key(ResultSet row) throws SQLException {
        return new KeyRow(
                row.getLong("id"),
                row.getString("name"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("maker"),
                RunRows.instant(row, "last_used_at"),
                RunRows.instant(row, "revoked_at"),
                row.getString("revoker"));
    }
}
