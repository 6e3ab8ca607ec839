package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Formats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Warnings on rows of reference data that lower a capacity below what is taken on days to come. The row is taken all the
 * same; what is told is how many days there are and by how many places the worst of them is exceeded.
 */
final class CapacityWarnings {

    static final String CODE = "OVER_CAPACITY";

    /** Files that give capacities: one day's own before those that hold on all the others. */
    private static final List<String> FILES =
            List.of("schedule_dates.csv", "pool_dates.csv", "schedules.csv", "pools.csv");

    private final Load load;

    CapacityWarnings(Load load) {
        this.load = load;
    }

    /** Before the counters get their new capacities. */
    void noteLowered(Handle handle) {
        load.update(
                handle,
                "create temporary table lowered on commit drop as select q.counter_id, q.day from place_counter q"
                        + Capacity.joins("q.counter_id", "q.day") + " where q.town_id = :town and q.day >= "
                        + SqlParts.today() + " and (q.capacity is null or " + Capacity.column() + " < q.capacity) and "
                        + Capacity.column() + " is not null");
    }

    /** After that, and after pools were counted. */
    Map<String, Long> write(Handle handle) {
        load.update(
                handle,
                "create temporary table exceeded on commit drop as select p.counter_id, p.day, p.taken - p.capacity as excess"
                        + " from lowered l join place_counter p on p.town_id = :town and p.counter_id = l.counter_id"
                        + " and p.day = l.day where p.taken > p.capacity");
        Map<String, Long> told = new HashMap<>();
        for (String name : FILES) {
            FileFormat file = Formats.named(name);
            if (load.files().containsKey(file)) {
                told.put(name, write(handle, file));
            }
        }
        return told;
    }

    private long write(Handle handle, FileFormat file) {
        load.update(
                handle,
                "create temporary table told on commit drop as select k.line, e.counter_id, e.day, e.excess from exceeded e join "
                        + load.stage().verdicts(file) + " k on " + lowers(file));
        Warnings.writeWithDetail(
                load,
                handle,
                file,
                CODE,
                "select line, 'capacity' as col, case count(*) when 1 then format("
                        + CheckWording.of("capacity.exceeded.day") + ", " + firstDay() + ", max(excess)) else format("
                        + CheckWording.of("capacity.exceeded.days") + ", count(*), " + firstDay()
                        + ", max(excess)) end as detail from told group by line");
        load.update(handle, "delete from exceeded e using told t where t.counter_id = e.counter_id and t.day = e.day");
        long lines = load.number(handle, "select count(distinct line) from told");
        handle.execute("drop table told");
        return lines;
    }

    private static String firstDay() {
        return "to_char(min(day), 'DD/MM/YYYY')";
    }

    /**
     * Of a schedule or pool any row that was not rejected: it gives the capacity of the day, be it that an exception is gone
     * that no row names.
     */
    private String lowers(FileFormat file) {
        if (file.hasId()) {
            return "k.id = e.counter_id and k.verdict not in " + Verdict.REJECTED;
        }
        Column counter = file.key().stream().filter(Column::link).findFirst().orElseThrow();
        return "k." + counter.target() + " = e.counter_id and k.verdict in ('N', 'C') and exists (select from "
                + load.stage().rows(file) + " s where s.line = k.line and s.day = e.day)";
    }
}
