package fr.portailfamille.exchange.load;

import java.util.Map;
import org.jdbi.v3.core.Handle;

/** After a lot of reference data: counters that stand get the capacities of now, and pools whose schedules changed are recounted. */
final class PlaceRefresh {

    private final Load load;

    PlaceRefresh(Load load) {
        this.load = load;
    }

    /** @return how many rows of each file, by its name, left fewer places than are taken */
    Map<String, Long> run(Handle handle) {
        if (!load.any(handle, "select from place_counter where town_id = :town")) {
            return Map.of();
        }
        // All that the town has, of which the planner may know nothing yet: row by row it would look at all of the
        // others.
        handle.execute("set local enable_nestloop = off");
        // All of them, in the order in which the portal locks them.
        load.number(
                handle,
                "select count(*) from (select 1 from place_counter where town_id = :town order by day, counter_id for no key update) x");
        CapacityWarnings warnings = new CapacityWarnings(load);
        warnings.noteLowered(handle);
        load.update(
                handle,
                "update place_counter p set capacity = n.capacity from (select q.counter_id, q.day, "
                        + Capacity.column()
                        + " as capacity from place_counter q" + Capacity.joins("q.counter_id", "q.day")
                        + " where q.town_id = :town) n where p.town_id = :town and p.counter_id = n.counter_id and p.day = n.day"
                        + " and p.capacity is distinct from n.capacity");
        // A pool that schedules joined has no counter yet on the days on which they have.
        load.update(
                handle,
                "insert into place_counter (town_id, counter_id, day, capacity) select distinct on (q.day, s.pool_id) :town, s.pool_id, q.day, "
                        + Capacity.column()
                        + " from place_counter q join " + PlaceCounts.SHARES + " s on s.schedule_id = q.counter_id"
                        + Capacity.joins("s.pool_id", "q.day")
                        + " where q.town_id = :town order by q.day, s.pool_id on conflict do nothing");
        PlaceCounts.recountPools(
                load,
                handle,
                "select c.counter_id as id, c.day from place_counter c join pool p on p.town_id = :town and p.id = c.counter_id"
                        + " and p.archived_at is null where c.town_id = :town");
        return warnings.write(handle);
    }
}
