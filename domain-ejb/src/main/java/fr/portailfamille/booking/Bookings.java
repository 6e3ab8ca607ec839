package fr.portailfamille.booking;

import fr.portailfamille.activity.Catalogue.CounterDay;
import fr.portailfamille.booking.Stored.Counter;
import fr.portailfamille.booking.Stored.Held;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The bookings of the running transaction's town and the counters of its places. */
@ApplicationScoped
class Bookings {

    private static final String READ = """
            select 'BOOKING' as kind, individual_id, schedule_id as id, day, state, reason,
                   case when :ranks and state = 'WAITLISTED' then waiting_rank(:town, request_id, request_line) end as number,
                   null::int as capacity
              from booking
             where town_id = :town and individual_id = any (:children) and day between :from and :to
               and archived_at is null
            union all
            select 'COUNTER', null, counter_id, day, null, null, taken, capacity
              from place_counter
             where town_id = :town and counter_id = any (:counters) and day between :from and :to
            union all
            select 'CLAIMS', null, c.id, q.day, null, null,
                   sum(case c.id when q.schedule_id then q.waiting
                       else least(q.waiting, greatest(0, (
                           select coalesce(min(p.capacity - p.taken), q.waiting)
                             from counters_of(:town, q.schedule_id) as o (id)
                             join place_counter p on p.town_id = :town and p.counter_id = o.id and p.day = q.day
                            where o.id <> c.id))) end)::int, null
              from (select w.schedule_id, w.day, count(*) as waiting
                      from waiting_of(:town) w
                     where w.day between :from and :to
                       and w.schedule_id in (select unnest(:counters)
                                             union
                                             select m.schedule_id from pool_schedule m
                                              where m.town_id = :town and m.pool_id = any (:counters)
                                                and m.archived_at is null)
                     group by w.schedule_id, w.day) q
             cross join lateral counters_of(:town, q.schedule_id) as c (id)
             where c.id = any (:counters)
             group by c.id, q.day""";

    @PersistenceContext(unitName = "portal")
    private EntityManager entities;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    /** How the children's bookings and the counters stand on these days, in one query. */
    Stored read(Collection<Long> children, Collection<Long> counters, LocalDate from, LocalDate to) {
        return read(children, counters, from, to, true);
    }

    /** The same without the ranks of those who wait, each of which is counted. */
    Stored readPlain(Collection<Long> children, Collection<Long> counters, LocalDate from, LocalDate to) {
        return read(children, counters, from, to, false);
    }

    private Stored read(
            Collection<Long> children, Collection<Long> counters, LocalDate from, LocalDate to, boolean ranks) {
        Map<CellId, Held> bookings = new HashMap<>();
        Map<CounterDay, Counter> places = new HashMap<>();
        Map<CounterDay, Integer> claims = new HashMap<>();
        database.read(handle -> handle.createQuery(READ)
                .bind("town", town.id())
                .bindArray("children", Long.class, children.toArray())
                .bindArray("counters", Long.class, counters.toArray())
                .bind("from", from)
                .bind("to", to)
                .bind("ranks", ranks)
                .map((row, context) -> sort(row, bookings, places, claims))
                .list());
        return new Stored(bookings, places, claims);
    }

    private static String sort(
            ResultSet row, Map<CellId, Held> bookings, Map<CounterDay, Counter> places, Map<CounterDay, Integer> claims)
            throws SQLException {
        String kind = row.getString("kind");
        CounterDay counter = new CounterDay(row.getLong("id"), row.getObject("day", LocalDate.class));
        switch (kind) {
            case "COUNTER" ->
                places.put(counter, new Counter(row.getInt("number"), row.getObject("capacity", Integer.class)));
            case "CLAIMS" -> claims.put(counter, row.getInt("number"));
            default ->
                bookings.put(
                        new CellId(row.getLong("individual_id"), counter.counter(), counter.day()),
                        new Held(
                                BookingState.valueOf(row.getString("state")),
                                Optional.ofNullable(row.getString("reason")),
                                Optional.ofNullable(row.getObject("number", Integer.class))));
        }
        return kind;
    }

    /** A page never waits longer than this for another one; the family is told and may try again. */
    void waitAtMostTwoSeconds() {
        database.read(handle -> handle.createQuery("select set_config('lock_timeout', '2s', true)")
                .mapTo(String.class)
                .one());
    }

    /**
     * One submission at a time for a child: both parents at once, or one of them twice, must not book what excludes each
     * other. Advisory, so that imports of the child's file are not held up.
     */
    void lockChildren(SortedSet<Long> children) {
        database.read(handle -> handle.createQuery("select count(*) from (select pg_advisory_xact_lock("
                        + "hashtextextended('portal/child/' || :town || '/' || id, 0))"
                        + " from (select unnest(:children) as id order by 1) as wanted) as locked")
                .bind("town", town.id())
                .bindArray("children", Long.class, children.toArray())
                .mapTo(long.class)
                .one());
    }

    /** Lays the rows that are missing and locks all of them, in the order of the key. */
    Map<CellId, Booking> lock(SortedSet<CellId> cells, Instant now) {
        database.write(handle -> {
            PreparedBatch rows = handle.prepareBatch("""
                    insert into booking (town_id, individual_id, schedule_id, day, state, changed_at)
                    values (:town, :child, :schedule, :day, 'NOT_BOOKED', :now)
                    on conflict do nothing""");
            cells.forEach(cell -> rows.bind("town", town.id())
                    .bind("child", cell.child())
                    .bind("schedule", cell.schedule())
                    .bind("day", cell.day())
                    .bind("now", now)
                    .add());
            rows.execute();
        });
        Map<CellId, Booking> locked = new TreeMap<>();
        cells.forEach(cell -> locked.put(
                cell,
                Objects.requireNonNull(
                        entities.find(Booking.class, new BookingId(town.id(), cell), LockModeType.PESSIMISTIC_WRITE))));
        return locked;
    }

    /** Locks every counter that these cells touch, in (day, counter) order. */
    void lockPlaces(Collection<CellId> cells) {
        List<CellId> ordered = List.copyOf(cells);
        database.read(handle -> handle.createQuery("select lock_places(:town, :schedules, cast(:days as date[]))")
                .bind("town", town.id())
                .bindArray(
                        "schedules",
                        Long.class,
                        ordered.stream().map(CellId::schedule).toArray())
                .bindArray(
                        "days",
                        String.class,
                        ordered.stream().map(cell -> cell.day().toString()).toArray())
                .map((row, context) -> true)
                .list());
    }

    /** Writes to the database what was moved, so that SQL finds it. */
    void flush() {
        entities.flush();
    }

    /** True when there was one, in the schedule and in all its pools. */
    boolean takePlace(CellId cell) {
        return database.read(handle -> handle.createQuery("select take_place(:town, :schedule, :day) is null")
                .bind("town", town.id())
                .bind("schedule", cell.schedule())
                .bind("day", cell.day())
                .mapTo(boolean.class)
                .one());
    }

    void releasePlace(CellId cell) {
        database.read(handle -> handle.createQuery("select release_place(:town, :schedule, :day)")
                .bind("town", town.id())
                .bind("schedule", cell.schedule())
                .bind("day", cell.day())
                .map((row, context) -> true)
                .list());
    }
}
