package fr.portailfamille.activity;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything about some schedules over some days that booking needs to know.
 *
 * @param capacities of single days, of schedules and pools by their id, where they differ from the usual
 * @param incompatible pairs of activities that no child has on one day, in both directions
 */
public record Catalogue(
        Map<Long, Offer> offers,
        OpeningCalendar calendar,
        Deadlines toBook,
        Deadlines toCancel,
        List<BookablePeriod> periods,
        List<Pool> pools,
        Map<CounterDay, Integer> capacities,
        Map<Long, Set<Long>> incompatible,
        List<AbsenceReason> absenceReasons) {

    /** What counts places: a schedule or a pool, on one day. */
    public record CounterDay(long counter, LocalDate day) {}

    /** Why a child is absent, from the town's list. */
    public record AbsenceReason(String code, String label) {}

    public Catalogue {
        offers = Map.copyOf(offers);
        periods = List.copyOf(periods);
        pools = List.copyOf(pools);
        capacities = Map.copyOf(capacities);
        incompatible = Map.copyOf(incompatible);
        absenceReasons = List.copyOf(absenceReasons);
    }

    public List<BookablePeriod> periodsOf(Schedule schedule, LocalDate day) {
        return periods.stream().filter(period -> period.covers(schedule, day)).toList();
    }

    public Set<Long> incompatibleWith(long activity) {
        return incompatible.getOrDefault(activity, Set.of());
    }

    /** What a place of the schedule counts in on that day, each with its capacity; null = no limit. */
    public Map<Long, @Nullable Integer> counters(Schedule schedule, LocalDate day) {
        Map<Long, @Nullable Integer> counters = new TreeMap<>();
        counters.put(schedule.id(), capacities.getOrDefault(new CounterDay(schedule.id(), day), schedule.capacity()));
        pools.stream()
                .filter(pool -> pool.schedules().contains(schedule.id()))
                .forEach(pool -> counters.put(
                        pool.id(), capacities.getOrDefault(new CounterDay(pool.id(), day), pool.capacity())));
        return counters;
    }

    /** Ids of all schedules and pools. */
    public Set<Long> counterIds() {
        Set<Long> ids = pools.stream().map(Pool::id).collect(Collectors.toSet());
        ids.addAll(offers.keySet());
        return ids;
    }
}
