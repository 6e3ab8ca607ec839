package fr.portailfamille.exchange.load;

import java.time.LocalDate;
import java.util.List;

/** Whether schedules are open on days, for whole sets: the schedule's own date beats a closure, that a public holiday, that the weekdays. */
final class OpenDays {

    private OpenDays() {}

    static String open(String schedule, String day, List<LocalDate> holidays) {
        return ("coalesce((select x.open from schedule_date x where x.town_id = :town and x.schedule_id = %1$s and x.day = %2$s"
                        + " and x.archived_at is null), (select position(extract(isodow from %2$s)::text in coalesce(o.weekdays, '')) > 0"
                        + " and %2$s <> all (%3$s) and not exists (select from closure z where z.town_id = :town and z.archived_at is null"
                        + " and %2$s between z.start_day and z.end_day and (z.facility_id is null or z.facility_id = o.facility_id)"
                        + " and (z.activity_id is null or z.activity_id = o.activity_id)) from schedule o where o.town_id = :town and o.id = %1$s))")
                .formatted(schedule, day, BookingMerge.days(holidays));
    }
}
