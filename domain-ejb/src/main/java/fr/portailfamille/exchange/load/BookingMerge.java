package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Writes bookings and recounts the places they take. Counters are locked first, in the order in which the portal locks
 * them, so that nobody takes a place between the count and its writing.
 */
final class BookingMerge {

    /** States that hold a place. */
    private static final String HOLDING = "('BOOKED', 'BOOKING_PENDING', 'ABSENCE_PENDING')";

    private static final String DONE = "v.verdict in ('N', 'C', 'A')";

    private final Load load;
    private final FileFormat file;
    private final String verdicts;
    private final List<LocalDate> holidays;

    BookingMerge(Load load, FileFormat file, List<LocalDate> holidays) {
        this.load = load;
        this.file = file;
        this.verdicts = load.stage().verdicts(file);
        this.holidays = holidays;
    }

    /** Rows created and changed or archived, and the warnings that showed only now. */
    record Merged(long created, long changed, long archived, long warnings) {}

    Merged run(Handle handle) {
        lockPlaces(handle);
        if (staleSinceChecked(handle)) {
            throw new ChangedMeanwhile();
        }
        registrations(handle);
        new BookingHistory(load, verdicts).write(handle);
        long changed = load.update(handle, update("C"));
        long archived = load.update(handle, update("A"));
        long created = load.update(handle, insert());
        recount(handle);
        return new Merged(created, changed, archived, warn(handle));
    }

    /** The staged verdicts rest on bookings that a family changed since: they must be found again. */
    static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // ---- places --------------------------------------------------------------------------------------------------

    private void lockPlaces(Handle handle) {
        load.update(
                handle,
                "create temporary table days on commit drop as select v.schedule_id, v.day, bool_or((v.state in "
                        + HOLDING
                        + ") is distinct from (coalesce(v.old_state, '') in " + HOLDING
                        + ")) as moves, bool_or(v.verdict <> 'A' and v.state <> 'NOT_BOOKED') as taken from " + verdicts
                        + " v where " + DONE + " group by v.schedule_id, v.day");
        load.update(
                handle,
                "create temporary table touched on commit drop as select schedule_id, day from days where moves");
        load.update(
                handle,
                "create temporary table counted on commit drop as select t.schedule_id as counter_id, t.day from touched t"
                        + " union select p.pool_id, t.day from touched t join pool_schedule p on p.town_id = :town"
                        + " and p.schedule_id = t.schedule_id and p.archived_at is null");
        handle.execute("analyze touched");
        handle.execute("analyze counted");
        load.update(
                handle,
                "insert into place_counter (town_id, counter_id, day, capacity) select :town, c.counter_id, c.day, "
                        + Capacity.column() + " from counted c"
                        + Capacity.joins("c.counter_id", "c.day")
                        + " order by c.day, c.counter_id on conflict do nothing");
        load.number(
                handle,
                "select count(*) from (select 1 from place_counter p join counted c on c.counter_id = p.counter_id"
                        + " and c.day = p.day where p.town_id = :town order by p.day, p.counter_id for no key update of p) x");
    }

    private boolean staleSinceChecked(Handle handle) {
        return load.any(
                        handle,
                        "select from " + verdicts
                                + " v left join booking b on b.town_id = :town and b.individual_id = v.individual_id"
                                + " and b.schedule_id = v.schedule_id and b.day = v.day where v.verdict in ('C', 'A')"
                                + " and b.version is distinct from v.old_version")
                || load.any(
                        handle,
                        "select from " + verdicts
                                + " v join booking b on b.town_id = :town and b.individual_id = v.individual_id"
                                + " and b.schedule_id = v.schedule_id and b.day = v.day where v.verdict = 'N'");
    }

    private void recount(Handle handle) {
        String counts = "select t.schedule_id, t.day, count(b.state) as taken from touched t left join booking b"
                + " on b.town_id = :town and b.schedule_id = t.schedule_id and b.day = t.day and b.state in " + HOLDING
                + " group by t.schedule_id, t.day";
        load.update(
                handle,
                "update place_counter p set taken = c.taken from (" + counts + ") c where p.town_id = :town"
                        + " and p.counter_id = c.schedule_id and p.day = c.day and p.taken <> c.taken");
        load.update(
                handle,
                PoolCounts.update(
                        "select p.pool_id as id, t.day from touched t join pool_schedule p on p.town_id = :town"
                                + " and p.schedule_id = t.schedule_id and p.archived_at is null group by 1, 2"));
    }

    // ---- bookings ------------------------------------------------------------------------------------------------

    /** For each child and schedule the registration, where there is but one: nearly always. */
    private void registrations(Handle handle) {
        load.update(
                handle,
                "create temporary table registered on commit drop as select individual_id, schedule_id, count(*) as n,"
                        + " min(family_id) as family_id, min(start_day) as start_day, max(end_day) as end_day,"
                        + " min(coalesce(weekdays, '')) as weekdays from registration where town_id = :town"
                        + " and archived_at is null and status <> 'WAITING' group by individual_id, schedule_id");
        handle.execute("analyze registered");
    }

    private static String covers(String registration) {
        return "v.day between " + registration + ".start_day and " + registration + ".end_day and (coalesce("
                + registration + ".weekdays, '') = '' or position(extract(isodow from v.day)::text in " + registration
                + ".weekdays) > 0)";
    }

    /** The family of the registration that covers the day; of several the one with custody that week, then the lowest ref. */
    private static String family() {
        return "coalesce(v.family_id, case when g.n = 1 then case when " + covers("g") + " then g.family_id end"
                + " when g.n > 1 then (select r.family_id from registration r left join membership m on m.town_id = :town"
                + " and m.family_id = r.family_id and m.individual_id = r.individual_id and m.archived_at is null"
                + " where r.town_id = :town and r.individual_id = v.individual_id and r.schedule_id = v.schedule_id"
                + " and r.archived_at is null and r.status <> 'WAITING' and " + covers("r")
                + " order by coalesce(m.custody = 'ALL' or (m.custody = 'EVEN_WEEKS') = (extract(week from v.day)::int % 2 = 0), false) desc,"
                + " r.ref limit 1) end)";
    }

    private static final String REGISTERED =
            " left join registered g on g.individual_id = v.individual_id and g.schedule_id = v.schedule_id";

    private String insert() {
        return "insert into booking (town_id, individual_id, schedule_id, day, state, family_id, changed_at, created_run, changed_run)"
                + " select :town, v.individual_id, v.schedule_id, v.day, v.state, " + family()
                + ", :now, :run, :run from " + verdicts + " v" + REGISTERED + " where v.verdict = 'N'";
    }

    private String update(String verdict) {
        return "update booking b set state = u.state, family_id = coalesce(u.family_id, b.family_id), reason = null, waiting_since = null,"
                + " changed_at = :now, changed_run = :run, version = b.version + 1 from (select v.individual_id, v.schedule_id,"
                + " v.day, v.state, case when v.state <> 'NOT_BOOKED' then " + family() + " end as family_id from "
                + verdicts
                + " v" + REGISTERED + " where v.verdict = '" + verdict + "') u where b.town_id = :town"
                + " and b.individual_id = u.individual_id and b.schedule_id = u.schedule_id and b.day = u.day";
    }

    // ---- warnings ------------------------------------------------------------------------------------------------

    private long warn(Handle handle) {
        String taken = "v.verdict in ('N', 'C') and v.state <> 'NOT_BOOKED'";
        load.update(
                handle,
                "create temporary table warned on commit drop as select v.line, 'NO_REGISTRATION' as code, 'individual_ref' as col from "
                        + verdicts + " v join booking b on b.town_id = :town and b.individual_id = v.individual_id"
                        + " and b.schedule_id = v.schedule_id and b.day = v.day where " + taken
                        + " and b.changed_run = :run and b.family_id is null");
        load.update(
                handle,
                "create temporary table shut on commit drop as select d.schedule_id, d.day from days d where d.taken and not "
                        + OpenDays.open("d.schedule_id", "d.day", holidays));
        load.update(
                handle,
                "insert into warned select v.line, 'CLOSED_DAY', 'date' from shut d join " + verdicts
                        + " v on v.schedule_id = d.schedule_id and v.day = d.day where " + taken);
        load.update(handle, "insert into warned " + overCapacity());
        for (String code : List.of("NO_REGISTRATION", "CLOSED_DAY", "OVER_CAPACITY")) {
            Warnings.write(
                    load,
                    handle,
                    file,
                    code,
                    "select line, min(col) as col from warned where code = '" + code + "' group by line");
        }
        return load.number(handle, "select count(distinct line) from warned");
    }

    /** On a day with more bookings than places, the last of this lot's lines that took one, as many as are too many. */
    private String overCapacity() {
        String full = "select m.schedule_id, p.counter_id, p.day, p.taken - p.capacity as excess from place_counter p"
                + " join counted c on c.counter_id = p.counter_id and c.day = p.day join (select id as counter_id, id as schedule_id"
                + " from schedule where town_id = :town union all select pool_id, schedule_id from pool_schedule"
                + " where town_id = :town and archived_at is null) m on m.counter_id = p.counter_id"
                + " where p.town_id = :town and p.taken > p.capacity";
        return "select distinct r.line, 'OVER_CAPACITY', 'date' from (select v.line, f.excess, row_number() over"
                + " (partition by f.counter_id, f.day order by v.line desc) as place from (" + full + ") f join "
                + verdicts
                + " v on v.schedule_id = f.schedule_id and v.day = f.day where v.verdict in ('N', 'C') and v.state in "
                + HOLDING
                + " and coalesce(v.old_state, '') not in " + HOLDING + ") r where r.place <= r.excess";
    }

    static String days(List<LocalDate> days) {
        return days.stream().map(day -> "'" + day + "'").collect(Collectors.joining(", ", "array[", "]::date[]"));
    }
}
