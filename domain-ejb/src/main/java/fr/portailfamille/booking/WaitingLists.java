package fr.portailfamille.booking;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Who waits for a place in the running transaction's town, and that somebody has to look whether there is one: noted in the
 * transaction that gives a place back, so that it is not forgotten, and looked at once that has committed. See
 * docs/adr/0023.
 */
@ApplicationScoped
public class WaitingLists {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    /** On that day, whatever for; the first to have asked comes first. */
    List<Waiting> on(LocalDate day) {
        return database.read(handle -> handle.createQuery(
                        "select request_id, line, individual_id, schedule_id, since from waiting_of(:town)"
                                + " where day = :day order by since, request_id, line")
                .bind("town", town.id())
                .bind("day", day)
                .map((row, context) -> new Waiting(
                        row.getLong("request_id"),
                        row.getInt("line"),
                        new CellId(row.getLong("individual_id"), row.getLong("schedule_id"), day),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list());
    }

    /**
     * Somebody waits on these days from now on. A day that is there already is left alone unless it has to be looked at
     * earlier: hundreds join it in one minute, and would wait for each other's commits.
     *
     * @param looks by when somebody has to look at the day
     */
    void joined(SortedMap<LocalDate, Instant> looks, Instant now) {
        Object[] days = looks.keySet().stream().map(LocalDate::toEpochDay).toArray();
        Object[] instants = looks.values().stream().map(Instant::toString).toArray();
        database.write(handle -> {
            handle.createUpdate("""
                            insert into work_due (kind, town_id, item_id, due_at)
                            select 'WAITING', :town, day, :now from unnest(:days) as d (day) order by day
                            on conflict (kind, town_id, item_id) do nothing""")
                    .bind("town", town.id())
                    .bind("now", now)
                    .bindArray("days", Long.class, days)
                    .execute();
            handle.createUpdate("""
                            update work_due w set due_at = d.look
                              from (select l.item_id, a.look
                                      from work_due l
                                      join unnest(:days, cast(:looks as timestamptz[])) as a (day, look) on a.day = l.item_id
                                     where l.kind = 'WAITING' and l.town_id = :town and l.due_at > a.look
                                     order by l.item_id for update of l) d
                             where w.kind = 'WAITING' and w.town_id = :town and w.item_id = d.item_id""")
                    .bind("town", town.id())
                    .bindArray("days", Long.class, days)
                    .bindArray("looks", String.class, instants)
                    .execute();
        });
    }

    /**
     * Something on these days is not booked any more. Whether or not they are due already: until this transaction has
     * committed nobody may look, who would not yet see what it freed.
     */
    void freed(SortedSet<LocalDate> days, Instant now) {
        database.write(handle -> handle.createUpdate("""
                        update work_due w set due_at = :now
                          from (select item_id from work_due
                                 where kind = 'WAITING' and town_id = :town and item_id = any (:days)
                                 order by item_id for update) d
                         where w.kind = 'WAITING' and w.town_id = :town and w.item_id = d.item_id""")
                .bind("town", town.id())
                .bind("now", now)
                .bindArray("days", Long.class, numbers(days))
                .execute());
    }

    /** Anything may have changed: places, rules, registrations, who waits. */
    public void lookAgain(Instant now) {
        database.write(handle -> handle.createUpdate("""
                        insert into work_due (kind, town_id, item_id, due_at)
                        select 'WAITING', :town, d.day - date '1970-01-01', :now
                          from (select distinct day from waiting_of(:town)) d order by d.day
                        on conflict (kind, town_id, item_id)
                            do update set due_at = least(work_due.due_at, excluded.due_at)""")
                .bind("town", town.id())
                .bind("now", now)
                .execute());
    }

    private static Object[] numbers(SortedSet<LocalDate> days) {
        return days.stream().map(LocalDate::toEpochDay).toArray();
    }
}
