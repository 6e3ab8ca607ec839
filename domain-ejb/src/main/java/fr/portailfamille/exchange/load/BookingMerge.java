package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Writes bookings, and adds to the counters of places what they take. Counters are locked first, in the order in which the
 * portal locks them, so that nobody takes a place between the count and its writing.
 */
final class BookingMerge {

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

    /**
     * Writes.
     *
     * @param beside waits until all that {@link BookingFindings} finds has been staged over another connection; null where
     *     nobody else looks for it
     * @return how many rows have a warning that showed only now
     */
    long run(Handle handle, FileVerdicts checked, @Nullable Runnable beside) {
        if (checked.created() + checked.changed() + checked.archived() == 0) {
            return 0;
        }
        BookingAside aside = new BookingAside(load);
        return aside.filled(handle) ? mergeAside(handle, aside) : mergeRows(handle, checked, beside);
    }

    private long mergeAside(Handle handle, BookingAside aside) {
        BookingTables tables = BookingTables.temporary();
        tables.make(load, handle, tables.days(), asideDays(aside));
        tables.make(
                load,
                handle,
                tables.counted(),
                "select schedule_id as counter_id, day, sum(held) as held from days where moves group by 1, 2"
                        + " union all select p.pool_id, d.day, sum(d.held) from days d join " + PlaceCounts.SHARES
                        + " p on p.schedule_id = d.schedule_id where d.moves group by 1, 2");
        handle.execute("analyze " + tables.counted());
        lockPlaces(handle, tables);
        load.update(
                handle,
                "update place_counter p set taken = c.held from counted c where p.town_id = :town"
                        + " and p.counter_id = c.counter_id and p.day = c.day and p.taken <> c.held");
        return new BookingWarnings(load, file, holidays, tables).ofAside(handle, aside);
    }

    private long mergeRows(Handle handle, FileVerdicts checked, @Nullable Runnable beside) {
        BookingTables tables = beside == null ? BookingTables.temporary() : BookingTables.staged(load.stage());
        if (beside == null) {
            new BookingFindings(load, file, holidays, tables).find(handle);
        }
        // Bookings before counters, as families lock them.
        write(handle, checked);
        if (beside != null) {
            beside.run();
        }
        BookingHistory.writeLines(load, handle, "select * from " + tables.changes());
        lockPlaces(handle, tables);
        load.update(
                handle,
                "update place_counter p set taken = p.taken + c.more from " + tables.counted()
                        + " c where p.town_id = :town and p.counter_id = c.counter_id and p.day = c.day and c.more <> 0");
        return new BookingWarnings(load, file, holidays, tables).write(handle);
    }

    /** A row that is not there as it was checked, or is there and was not, is one that a family wrote since. */
    private void write(Handle handle, FileVerdicts checked) {
        String registrations = BookingFamily.of(load, handle).joined();
        if (checked.changed() + checked.archived() > 0) {
            change(handle, checked.changed() + checked.archived(), registrations);
        }
        if (checked.created() > 0) {
            try {
                long written = load.update(handle, insert(registrations));
                if (written != checked.created()) {
                    throw new IllegalStateException(
                            "%d bookings were to be written, and %d were".formatted(checked.created(), written));
                }
            } catch (UnableToExecuteStatementException e) {
                if (e.getCause() instanceof SQLException failure && UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    throw new ChangedMeanwhile();
                }
                throw e;
            }
        }
    }

    private void change(Handle handle, long expected, String registrations) {
        if (load.has(file, "family_ref")) {
            BookingHistory.writeFamilies(load, handle, verdicts);
        }
        if (load.update(handle, update(registrations)) != expected) {
            throw new ChangedMeanwhile();
        }
    }

    /** The staged verdicts rest on bookings that a family changed since: they must be found again. */
    static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // ---- places --------------------------------------------------------------------------------------------------

    /** All that there is: nothing of the town is outside. */
    private String asideDays(BookingAside aside) {
        return "select schedule_id, day, bool_or(state in " + PlaceCounts.HOLDING
                + ") as moves, true as taken, count(*) filter (where state in " + PlaceCounts.HOLDING
                + ") as held from " + aside.table() + " group by schedule_id, day";
    }

    private void lockPlaces(Handle handle, BookingTables tables) {
        load.update(
                handle,
                "insert into place_counter (town_id, counter_id, day, capacity) select :town, c.counter_id, c.day, "
                        + Capacity.column() + " from " + tables.counted() + " c"
                        + Capacity.joins("c.counter_id", "c.day")
                        + " order by c.day, c.counter_id on conflict do nothing");
        load.number(
                handle,
                "select count(*) from (select 1 from place_counter p join " + tables.counted()
                        + " c on c.counter_id = p.counter_id"
                        + " and c.day = p.day where p.town_id = :town order by p.day, p.counter_id for no key update of p) x");
    }

    // ---- bookings ------------------------------------------------------------------------------------------------

    /** In the order of the key, in which families lock what they book, too, and which is the quickest to index. */
    private String insert(String registrations) {
        return "insert into booking (town_id, individual_id, schedule_id, day, state, family_id, changed_at, created_run, changed_run)"
                + " select :town, v.individual_id, v.schedule_id, v.day, v.state, " + BookingFamily.found()
                + ", :now, :run, :run from " + verdicts + " v" + registrations
                + " where v.verdict = 'N' order by v.individual_id, v.day, v.schedule_id";
    }

    private String update(String registrations) {
        return "update booking b set state = u.state, family_id = coalesce(u.family_id, b.family_id), reason = null, waiting_since = null,"
                + " changed_at = :now, changed_run = :run, version = b.version + 1 from (select v.individual_id, v.schedule_id,"
                + " v.day, v.state, v.old_version, case when v.state <> 'NOT_BOOKED' then " + BookingFamily.found()
                + " end as family_id from " + verdicts + " v" + registrations
                + " where v.verdict in ('C', 'A')) u where b.town_id = :town and b.individual_id = u.individual_id"
                + " and b.schedule_id = u.schedule_id and b.day = u.day and b.version = u.old_version"
                + BookingDays.only(load, file, "b.day");
    }

    static String days(List<LocalDate> days) {
        return days.stream().map(day -> "'" + day + "'").collect(Collectors.joining(", ", "array[", "]::date[]"));
    }
}
