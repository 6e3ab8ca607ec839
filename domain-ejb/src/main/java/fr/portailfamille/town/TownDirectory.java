package fr.portailfamille.town;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds towns by code or id. Town rows bear no personal data and stand outside the walls, so anybody may look, signed in
 * or not. Answers are kept for a few seconds: each request of each page asks.
 */
@ApplicationScoped
public class TownDirectory {

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    private final ConcurrentMap<String, Kept> byCode = new ConcurrentHashMap<>();

    private record Kept(TownProfile town, long since) {}

    public Optional<TownProfile> byCode(String code) {
        Optional<TownCode> valid = TownCode.of(code);
        if (valid.isEmpty()) {
            return Optional.empty();
        }
        Kept kept = byCode.get(code);
        if (kept != null && System.nanoTime() - kept.since < KEPT_NANOS) {
            return Optional.of(kept.town);
        }
        Optional<TownProfile> found =
                find("where code = :key", valid.get().value()).stream().findFirst();
        // Only towns that exist are kept: guesses must not fill the memory.
        found.ifPresentOrElse(town -> byCode.put(code, new Kept(town, System.nanoTime())), () -> byCode.remove(code));
        return found;
    }

    public Optional<TownProfile> byId(int id) {
        return find("where id = :key", id).stream().findFirst();
    }

    /** All towns, in the order of their codes. */
    public List<TownProfile> all() {
        return find("where :key order by code", true);
    }

    private List<TownProfile> find(String condition, Object key) {
        try (Handle handle = Jdbi.open(dataSource)) {
            return handle.createQuery("select * from town " + condition)
                    .bind("key", key)
                    .map((row, context) -> town(row))
                    .list();
        }
    }

    private static TownProfile town(ResultSet row) throws SQLException {
        return new TownProfile(
                row.getInt("id"),
                row.getString("code"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                row.getString("holiday_region"),
                hours(row.getArray("digest_hours")),
                row.getString("brand_colour"),
                row.getString("sender_name"),
                row.getString("service_phone"),
                row.getString("service_hours"),
                row.getString("postal_address"),
                row.getString("website"),
                row.getString("receipt_text"),
                row.getString("outcome_text"),
                row.getString("sender_address"));
    }

    private static List<LocalTime> hours(Array array) throws SQLException {
        return Arrays.stream((Time[]) array.getArray())
                .map(Time::toLocalTime)
                .sorted()
                .toList();
    }
}
