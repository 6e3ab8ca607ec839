package fr.portailfamille.activity;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When schedules are open. A schedule's own date beats a closure, which beats a public holiday, which beats the weekdays;
 * outside its validity it is never open.
 */
public final class OpeningCalendar {

    private static final Opening NO_SERVICE = new Opening.NoService();

    /** One day of one schedule. */
    public record Key(long schedule, LocalDate day) {}

    private final Map<Key, Boolean> dates;
    private final List<Closure> closures;
    private final PublicHolidays holidays;

    public OpeningCalendar(Map<Key, Boolean> dates, List<Closure> closures, PublicHolidays holidays) {
        this.dates = Map.copyOf(dates);
        this.closures = List.copyOf(closures);
        this.holidays = holidays;
    }

    public Opening on(Schedule schedule, LocalDate day) {
        if (!schedule.validOn(day)) {
            return NO_SERVICE;
        }
        Boolean own = dates.get(new Key(schedule.id(), day));
        if (own != null) {
            return own ? Opening.OPEN : NO_SERVICE;
        }
        Optional<String> closure = closures.stream()
                .filter(each -> each.covers(schedule, day))
                .map(Closure::reason)
                .findFirst();
        if (closure.isPresent()) {
            return new Opening.Closed(closure.get());
        }
        if (!schedule.weekdays().contains(day.getDayOfWeek())) {
            return NO_SERVICE;
        }
        return holidays.on(day).<Opening>map(Opening.Closed::new).orElse(Opening.OPEN);
    }

    boolean open(Schedule schedule, LocalDate day) {
        return on(schedule, day).open();
    }

    PublicHolidays holidays() {
        return holidays;
    }
}
