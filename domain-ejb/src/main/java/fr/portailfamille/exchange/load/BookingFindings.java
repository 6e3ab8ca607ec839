package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * All that a merge of bookings needs besides the bookings: what becomes of the places, what there is to warn of, and lines
 * of the change log. Found from the verdicts before anything is written, or beside the writing over another connection,
 * which sees nothing of what is being written.
 */
final class BookingFindings {

    /** Verdicts that write something. */
    private static final String DONE = "v.verdict in ('N', 'C', 'A')";

    /** Towns of so many bookings are in the planner's statistics. */
    private static final long KNOWN = 20_000;

    private final Load load;
    private final FileFormat file;
    private final String verdicts;
    private final List<LocalDate> holidays;
    private final BookingTables tables;

    BookingFindings(Load load, FileFormat file, List<LocalDate> holidays, BookingTables tables) {
        this.load = load;
        this.file = file;
        this.verdicts = load.stage().verdicts(file);
        this.holidays = holidays;
        this.tables = tables;
    }

    void find(Handle handle) {
        tables.make(load, handle, tables.days(), days());
        handle.execute("analyze " + tables.days());
        count(handle);
        new BookingWarnings(load, file, holidays, tables).find(handle);
        tables.make(
                load,
                handle,
                tables.changes(),
                BookingHistory.states("select individual_id, schedule_id, day, old_state, state from " + verdicts
                        + " where verdict in ('C', 'A') and state <> old_state"));
    }

    private String days() {
        String holds = "(v.state in " + PlaceCounts.HOLDING + ")";
        String held = "(coalesce(v.old_state, '') in " + PlaceCounts.HOLDING + ")";
        return "select v.schedule_id, v.day, bool_or(" + holds + " <> " + held + ") as moves,"
                + " sum(" + holds + "::int - " + held + "::int) as more,"
                + " bool_or(v.verdict <> 'A' and v.state <> 'NOT_BOOKED') as taken from " + verdicts + " v where "
                + DONE + " group by v.schedule_id, v.day";
    }

    /**
     * What the lot adds to each counter, and what the counter lacked before. A counter and its bookings are looked at in one
     * statement: whoever books meanwhile changes both, so that what a counter lacks stays the same until the lot has added it.
     */
    private void count(Handle handle) {
        // Of a city a few days are few rows by their index; of a town that nobody has counted yet, all rows are few.
        boolean known = load.number(
                        handle,
                        "select count(*) from (select from booking where town_id = :town limit " + KNOWN + ") b")
                == KNOWN;
        load.update(
                handle,
                "create temporary table summed on commit drop as select schedule_id as counter_id, day, schedule_id from "
                        + tables.days()
                        + " where moves union all select p.pool_id, p.day, s.schedule_id from (select distinct m.pool_id, d.day from "
                        + tables.days() + " d join " + PlaceCounts.SHARES
                        + " m on m.schedule_id = d.schedule_id where d.moves) p join " + PlaceCounts.SHARES
                        + " s on s.pool_id = p.pool_id");
        handle.execute("analyze summed");
        String loops = handle.createQuery("select current_setting('enable_nestloop')")
                .mapTo(String.class)
                .one();
        handle.execute("set local enable_nestloop = " + (known ? "on" : "off"));
        tables.make(
                load,
                handle,
                tables.counted(),
                "select n.counter_id, n.day, n.held + m.more - coalesce(p.taken, 0) as more from (select s.counter_id, s.day,"
                        + " count(b.state) as held from summed s left join booking b on b.town_id = :town"
                        + " and b.schedule_id = s.schedule_id and b.day = s.day and b.state in " + PlaceCounts.HOLDING
                        + " group by 1, 2) n join (select s.counter_id, s.day, sum(d.more) as more from summed s join "
                        + tables.days() + " d on d.schedule_id = s.schedule_id and d.day = s.day group by 1, 2) m"
                        + " on m.counter_id = n.counter_id and m.day = n.day left join place_counter p on p.town_id = :town"
                        + " and p.counter_id = n.counter_id and p.day = n.day");
        handle.execute("set local enable_nestloop = " + loops);
        handle.execute("analyze " + tables.counted());
    }
}
