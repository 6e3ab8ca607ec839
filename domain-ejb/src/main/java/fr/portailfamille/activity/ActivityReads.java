package fr.portailfamille.activity;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Collection;

/** Reads what is known of schedules, in one query whatever their number. */
@ApplicationScoped
public class ActivityReads {

    /** Service days may be counted far back, but only few activities count them. */
    private static final String CATALOGUE = """
            with wanted as (
                select s.id, s.activity_id, s.facility_id
                  from schedule s
                 where s.town_id = :town and s.archived_at is null
                   and (s.id = any (:schedules) or s.id in (
                        select b.schedule_id from booking b
                         where b.town_id = :town and b.individual_id = any (:children) and b.day between :from and :to))),
            activities as (select distinct activity_id as id from wanted),
            since as (
                select case when exists (
                           select from booking_rule r
                            where r.town_id = :town and r.activity_id in (select id from activities)
                              and r.day_kind = 'SERVICE' and r.archived_at is null)
                       then cast(:horizon as date) else cast(:from as date) end as day),
            shared as (
                select pool_id, schedule_id from pool_schedule
                 where town_id = :town and schedule_id in (select id from wanted) and archived_at is null)
            select json_build_object(
              'offers', (
                select json_agg(json_build_object('id', s.id, 'activity', s.activity_id, 'facility', s.facility_id,
                         'start', s.start_time, 'end', s.end_time, 'weekdays', s.weekdays, 'capacity', s.capacity,
                         'from', s.valid_from, 'to', s.valid_to, 'name', a.name, 'place', f.name,
                         'automatic', a.decision = 'AUTOMATIC',
                         'offered', a.archived_at is null and f.archived_at is null, 'order', coalesce(a.sort_order, 9999)))
                  from schedule s
                  join activity a on a.town_id = :town and a.id = s.activity_id
                  join facility f on f.town_id = :town and f.id = s.facility_id
                 where s.town_id = :town and s.id in (select id from wanted)),
              'dates', (
                select json_agg(json_build_object('schedule', schedule_id, 'day', day, 'open', open, 'capacity', capacity))
                  from schedule_date
                 where town_id = :town and schedule_id in (select id from wanted) and archived_at is null
                   and day between (select day from since) and :to),
              'closures', (
                select json_agg(json_build_object('start', start_day, 'end', end_day, 'reason', reason,
                         'facility', facility_id, 'activity', activity_id) order by start_day, id)
                  from closure
                 where town_id = :town and archived_at is null and end_day >= (select day from since) and start_day <= :to),
              'periods', (
                select json_agg(json_build_object('name', name, 'start', start_day, 'end', end_day, 'activity', activity_id,
                         'from', bookable_from, 'until', bookable_until) order by start_day, id)
                  from period
                 where town_id = :town and archived_at is null and end_day >= :from and start_day <= :to
                   and (bookable_from is not null or bookable_until is not null)),
              'rules', (
                select json_agg(json_build_object('activity', activity_id, 'action', action, 'weekday', weekday,
                         'kind', kind, 'n', n, 'dayKind', day_kind, 'atWeekday', at_weekday, 'atDay', at_day,
                         'atTime', at_time, 'until', until) order by id)
                  from booking_rule
                 where town_id = :town and archived_at is null and activity_id in (select id from activities)),
              'pools', (
                select json_agg(json_build_object('id', p.id, 'capacity', p.capacity, 'schedules',
                         (select json_agg(schedule_id) from shared where pool_id = p.id)))
                  from pool p
                 where p.town_id = :town and p.archived_at is null and p.id in (select pool_id from shared)),
              'poolDates', (
                select json_agg(json_build_object('pool', pool_id, 'day', day, 'capacity', capacity))
                  from pool_date
                 where town_id = :town and archived_at is null and day between :from and :to
                   and pool_id in (select pool_id from shared)),
              'incompatible', (
                select json_agg(json_build_object('one', activity_id, 'other', excluded_activity_id))
                  from incompatibility
                 where town_id = :town and archived_at is null
                   and (activity_id in (select id from activities) or excluded_activity_id in (select id from activities))),
              'absences', (
                select json_agg(json_build_object('code', code, 'label', label) order by sort_order nulls last, label)
                  from code where town_id = :town and list = 'absence_reason' and archived_at is null)
            )::text
            """;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    /** Of the schedules, and of those on which the children have bookings in these days (both ends inside). */
    public Catalogue catalogue(Collection<Long> schedules, Collection<Long> children, LocalDate from, LocalDate to) {
        TownProfile profile = towns.byId(town.id()).orElseThrow();
        String json = database.read(handle -> handle.createQuery(CATALOGUE)
                .bind("town", town.id())
                .bindArray("schedules", Long.class, schedules.toArray())
                .bindArray("children", Long.class, children.toArray())
                .bind("from", from)
                .bind("to", to)
                .bind("horizon", from.minusDays(Deadlines.SERVICE_HORIZON_DAYS))
                .mapTo(String.class)
                .one());
        return new CatalogueDocument(profile.zone(), PublicHolidays.of(HolidayRegion.of(profile.holidayRegion())))
                .read(json);
    }
}
