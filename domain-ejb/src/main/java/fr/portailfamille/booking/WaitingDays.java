package fr.portailfamille.booking;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Days with waiting lists that are due to be looked at, over all towns, lent to one node at a time. Reads {@code work_due}
 * alone, which stands outside the walls and tells nothing about anybody.
 */
@ApplicationScoped
public class WaitingDays {

    /** For how long they are lent: longer than a handful of days takes; of a node that dies they come back after it. */
    public static final Duration LOAN = Duration.ofMinutes(2);

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    /** A day of a town, lent until then: who dies gives it back by not coming back. */
    public record Lent(int town, LocalDate day, Instant until) {}

    public List<Lent> lend(int most, Instant now, Instant until) {
        Instant stored = until.truncatedTo(ChronoUnit.MICROS);
        try (Handle handle = Jdbi.open(dataSource)) {
            return handle.createQuery("""
                            update work_due w set due_at = :until
                              from (select town_id, item_id from work_due
                                     where kind = 'WAITING' and due_at <= :now
                                     order by due_at, town_id, item_id limit :most
                                       for update skip locked) d
                             where w.kind = 'WAITING' and w.town_id = d.town_id and w.item_id = d.item_id
                            returning w.town_id, w.item_id""")
                    .bind("until", stored.atOffset(ZoneOffset.UTC))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("most", most)
                    .map((row, context) ->
                            new Lent(row.getInt("town_id"), LocalDate.ofEpochDay(row.getLong("item_id")), stored))
                    .list();
        }
    }

    /**
     * Gives it back, unless somebody has asked for another look meanwhile: then it stays due.
     *
     * @param next when to look again; empty where nobody waits any more
     */
    public void giveBack(Lent lent, Optional<Instant> next) {
        String change = next.isPresent() ? "update work_due set due_at = :next" : "delete from work_due";
        try (Handle handle = Jdbi.open(dataSource)) {
            var statement = handle.createUpdate(change
                            + " where kind = 'WAITING' and town_id = :town and item_id = :day and due_at = :until")
                    .bind("town", lent.town())
                    .bind("day", lent.day().toEpochDay())
                    .bind("until", lent.until().atOffset(ZoneOffset.UTC));
            next.ifPresent(instant -> statement.bind("next", instant.atOffset(ZoneOffset.UTC)));
            statement.execute();
        }
    }
}
