package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Writes bookings and recounts the places they take. Counters are locked first, in the order in which the portal locks
 * them, so that nobody takes a place between the count and its writing.
 */
final class BookingMerge {

    private static final String DONE = "v.verdict in ('N', 'C', 'A')";

    /** Towns of so many bookings are in the planner's statistics. */
    private static final long KNOWN = 20_000;

    private static final String UNIQUE_VIOLATION = "23505";

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

    /** The warnings that showed only now. */
    record Merged(long warnings) {}

    Merged run(Handle handle, FileVerdicts checked) {
        if (checked.created() + checked.changed() + checked.archived() == 0) {
            return new Merged(0);
        }
        BookingAside aside = new BookingAside(load);
        boolean first = aside.filled(handle);
        long warnings;
        if (first) {
            lockPlaces(handle, asideDays(aside));
            countAside(handle);
            warnings = new BookingWarnings(load, file, holidays).ofAside(handle, aside);
        } else {
            // Bookings before counters, as families lock them.
            write(handle, checked);
            lockPlaces(handle, days());
            recount(handle);
            warnings = new BookingWarnings(load, file, holidays).ofVerdicts(handle);
        }
        return new Merged(warnings);
    }

    /** A row that is not there as it was checked, or is there and was not, is one that a family wrote since. */
    private void write(Handle handle, FileVerdicts checked) {
        BookingFamily.prepare(load, handle);
        if (checked.changed() + checked.archived() > 0) {
            change(handle, checked.changed() + checked.archived());
        }
        if (checked.created() > 0) {
            try {
                load.update(handle, insert());
            } catch (UnableToExecuteStatementException e) {
                if (e.getCause() instanceof SQLException failure && UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    throw new ChangedMeanwhile();
                }
                throw e;
            }
        }
    }

    private void change(Handle handle, long expected) {
        BookingHistory.write(
                load,
                handle,
                "select individual_id, schedule_id, day, old_state, state from " + verdicts
                        + " where verdict in ('C', 'A') and state <> old_state");
        if (load.has(file, "family_ref")) {
            BookingHistory.writeFamilies(load, handle, verdicts);
        }
        if (load.update(handle, update()) != expected) {
            throw new ChangedMeanwhile();
        }
    }

    /** The staged verdicts rest on bookings that a family changed since: they must be found again. */
    static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // ---- places --------------------------------------------------------------------------------------------------

    private String days() {
        return "select v.schedule_id, v.day, bool_or((v.state in " + PlaceCounts.HOLDING
                + ") is distinct from (coalesce(v.old_state, '') in " + PlaceCounts.HOLDING
                + ")) as moves, bool_or(v.verdict <> 'A' and v.state <> 'NOT_BOOKED') as taken from " + verdicts
                + " v where " + DONE + " group by v.schedule_id, v.day";
    }

    /** All that there is: nothing of the town is outside. */
    private String asideDays(BookingAside aside) {
        return "select schedule_id, day, bool_or(state in " + PlaceCounts.HOLDING
                + ") as moves, true as taken, count(*) filter (where state in " + PlaceCounts.HOLDING
                + ") as held from " + aside.table() + " group by schedule_id, day";
    }

    private void lockPlaces(Handle handle, String days) {
        load.update(handle, "create temporary table days on commit drop as " + days);
        load.update(
                handle,
                "create temporary table touched on commit drop as select schedule_id, day from days where moves");
        load.update(
                handle,
                "create temporary table counted on commit drop as select t.schedule_id as counter_id, t.day from touched t"
                        + " union select p.pool_id, t.day from touched t join " + PlaceCounts.SHARES
                        + " p on p.schedule_id = t.schedule_id");
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

    /** Of what was put aside; the town has no other bookings. */
    private void countAside(Handle handle) {
        load.update(
                handle,
                "update place_counter p set taken = d.held from days d where p.town_id = :town and p.counter_id = d.schedule_id"
                        + " and p.day = d.day and d.moves and p.taken <> d.held");
        load.update(
                handle,
                "update place_counter p set taken = c.held from (select s.pool_id, d.day, sum(d.held) as held from days d"
                        + " join " + PlaceCounts.SHARES
                        + " s on s.schedule_id = d.schedule_id group by s.pool_id, d.day) c where p.town_id = :town and p.counter_id = c.pool_id and p.day = c.day"
                        + " and p.taken <> c.held");
    }

    private void recount(Handle handle) {
        // Of a city a few days are few rows by their index; of a town that nobody has counted yet, all rows are few.
        boolean counted = load.number(
                        handle,
                        "select count(*) from (select from booking where town_id = :town limit " + KNOWN + ") b")
                == KNOWN;
        handle.execute("set local enable_nestloop = " + (counted ? "on" : "off"));
        PlaceCounts.recount(load, handle, "touched");
    }

    // ---- bookings ------------------------------------------------------------------------------------------------

    /** In the order of the key, which is the order in which children are asked for and the quickest to index. */
    private String insert() {
        return "insert into booking (town_id, individual_id, schedule_id, day, state, family_id, changed_at, created_run, changed_run)"
                + " select :town, v.individual_id, v.schedule_id, v.day, v.state, " + BookingFamily.found()
                + ", :now, :run, :run from " + verdicts + " v" + BookingFamily.REGISTERED
                + " where v.verdict = 'N' order by v.individual_id, v.day, v.schedule_id";
    }

    private String update() {
        return "update booking b set state = u.state, family_id = coalesce(u.family_id, b.family_id), reason = null, waiting_since = null,"
                + " changed_at = :now, changed_run = :run, version = b.version + 1 from (select v.individual_id, v.schedule_id,"
                + " v.day, v.state, v.old_version, case when v.state <> 'NOT_BOOKED' then " + BookingFamily.found()
                + " end as family_id from " + verdicts + " v" + BookingFamily.REGISTERED
                + " where v.verdict in ('C', 'A')) u where b.town_id = :town and b.individual_id = u.individual_id"
                + " and b.schedule_id = u.schedule_id and b.day = u.day and b.version = u.old_version"
                + BookingDays.only(load, file, "b.day");
    }

    static String days(List<LocalDate> days) {
        return days.stream().map(day -> "'" + day + "'").collect(Collectors.joining(", ", "array[", "]::date[]"));
    }
}
