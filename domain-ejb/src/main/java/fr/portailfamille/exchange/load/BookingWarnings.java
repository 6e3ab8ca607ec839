package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Warnings on bookings that were taken all the same: without a registration, on a day without service, beyond capacity.
 * Looks at what was laid down of days, counters and registrations.
 */
final class BookingWarnings {

    /** What each of them is about is told in {@code reasons.properties}. */
    static final List<String> CODES = List.of("NO_REGISTRATION", "CLOSED_DAY", "OVER_CAPACITY");

    private static final String TAKEN = "v.verdict in ('N', 'C') and v.state <> 'NOT_BOOKED'";

    /** Schedules and days of counters that have given away more than they have. */
    private static final String FULL =
            "select m.schedule_id, p.counter_id, p.day, p.taken - p.capacity as excess from place_counter p"
                    + " join %s c on c.counter_id = p.counter_id and c.day = p.day join (select id as counter_id, id as schedule_id"
                    + " from schedule where town_id = :town union all select pool_id, schedule_id from "
                    + PlaceCounts.SHARES + " s) m on m.counter_id = p.counter_id"
                    + " where p.town_id = :town and p.taken > p.capacity";

    private final Load load;
    private final FileFormat file;
    private final String verdicts;
    private final List<LocalDate> holidays;
    private final BookingTables tables;

    BookingWarnings(Load load, FileFormat file, List<LocalDate> holidays, BookingTables tables) {
        this.load = load;
        this.file = file;
        this.verdicts = load.stage().verdicts(file);
        this.holidays = holidays;
        this.tables = tables;
    }

    /** Those that do not depend on the bookings of others. */
    void find(Handle handle) {
        shut(handle);
        warn(handle);
    }

    private void shut(Handle handle) {
        load.update(
                handle,
                "create temporary table shut on commit drop as select d.schedule_id, d.day from " + tables.days()
                        + " d where d.taken and not " + OpenDays.open("d.schedule_id", "d.day", holidays));
    }

    private void warn(Handle handle) {
        tables.make(
                load,
                handle,
                tables.warned(),
                "select v.line, 'NO_REGISTRATION' as code, 'individual_ref' as col from " + verdicts + " v"
                        + BookingFamily.of(load, handle).joined() + " where " + TAKEN + " and "
                        + BookingFamily.registered()
                        + " is null");
        if (load.any(handle, "select from shut")) {
            load.update(
                    handle,
                    "insert into " + tables.warned() + " select v.line, 'CLOSED_DAY', 'date' from shut d join "
                            + verdicts + " v on v.schedule_id = d.schedule_id and v.day = d.day where " + TAKEN);
        }
    }

    /**
     * Finds and writes those of what was put aside. Rows of which there might be something to say get the verdicts that the
     * others of a first load do without.
     *
     * @return how many rows have one
     */
    long ofAside(Handle handle, BookingAside aside) {
        shut(handle);
        load.update(
                handle,
                "create temporary table beyond on commit drop as select distinct schedule_id, day from (" + full()
                        + ") f");
        // Where no row names a family, none was found but that of a registration.
        String unregistered = load.has(file, "family_ref") ? BookingFamily.registered() : "v.family_id";
        load.update(
                handle,
                "insert into " + verdicts + " (line, individual_id, schedule_id, day, state, verdict)"
                        + " select s.line, v.individual_id, v.schedule_id, v.day, v.state, 'N' from " + aside.table()
                        + " v" + BookingFamily.of(load, handle).joined()
                        + " join individual i on i.town_id = :town and i.id = v.individual_id join schedule c on c.town_id = :town"
                        + " and c.id = v.schedule_id join " + load.stage().rows(file)
                        + " s on s.individual_ref = i.ref and s.schedule_ref = c.ref and s.day = v.day where v.town_id = :town"
                        + " and (" + unregistered
                        + " is null or (v.schedule_id, v.day) in (select schedule_id, day from shut)"
                        + " or (v.schedule_id, v.day) in (select schedule_id, day from beyond))");
        warn(handle);
        return write(handle);
    }

    /**
     * Writes them, and those that showed when all places were counted.
     *
     * @return how many rows have one
     */
    long write(Handle handle) {
        load.update(handle, "insert into " + tables.warned() + " " + overCapacity());
        for (String code : CODES) {
            Warnings.write(
                    load,
                    handle,
                    file,
                    code,
                    "select line, min(col) as col from " + tables.warned() + " where code = '" + code
                            + "' group by line");
        }
        return load.number(handle, "select count(distinct line) from " + tables.warned());
    }

    private String full() {
        return FULL.formatted(tables.counted());
    }

    /** On a day with more bookings than places, the last of this lot's lines that took one, as many as are too many. */
    private String overCapacity() {
        return "select distinct r.line, 'OVER_CAPACITY', 'date' from (select v.line, f.excess, row_number() over"
                + " (partition by f.counter_id, f.day order by v.line desc) as place from (" + full() + ") f join "
                + verdicts
                + " v on v.schedule_id = f.schedule_id and v.day = f.day where v.verdict in ('N', 'C') and v.state in "
                + PlaceCounts.HOLDING
                + " and coalesce(v.old_state, '') not in " + PlaceCounts.HOLDING + ") r where r.place <= r.excess";
    }
}
