package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/**
 * Whose booking it is: the family that the row names, else that of the registration which covers the day; of several the
 * one with custody that week, then the lowest reference. For rows aliased {@code v}.
 */
final class BookingFamily {

    /** For each child and schedule the registration, where there is but one: nearly always. */
    private static final String REGISTERED =
            "select individual_id, schedule_id, count(*) as n, min(family_id) as family_id, min(start_day) as start_day,"
                    + " max(end_day) as end_day, min(coalesce(weekdays, '')) as weekdays from registration where town_id = :town"
                    + " and archived_at is null and status <> 'WAITING' group by individual_id, schedule_id";

    /** The ISO digit; 1 January 1900 was a Monday and no day of a lot is before. Millions of days take a second less than by extract. */
    private static final String WEEKDAY = "(1 + (v.day - date '1900-01-01') % 7)::text";

    private final String registered;

    private BookingFamily(String registered) {
        this.registered = registered;
    }

    /** Lays registrations down for this transaction, unless they are there. */
    static BookingFamily of(Load load, Handle handle) {
        String staged = load.stage().found("registered");
        if (load.any(handle, "select where to_regclass('" + staged + "') is not null")) {
            return new BookingFamily(staged);
        }
        if (load.any(handle, "select where to_regclass('pg_temp.registered') is null")) {
            load.update(handle, "create temporary table registered on commit drop as " + REGISTERED);
            Sampling.analyze(handle, "registered");
        }
        return new BookingFamily("registered");
    }

    /** Lays them down for all steps of the run: nobody but another lot of the town changes them. */
    static void stage(Load load, Handle handle) {
        String staged = load.stage().found("registered");
        load.update(handle, "create unlogged table " + staged + " as " + REGISTERED);
        Sampling.analyze(handle, staged);
    }

    /** For statements that need {@link #found} or {@link #registered}. */
    String joined() {
        return " left join " + registered + " g on g.individual_id = v.individual_id and g.schedule_id = v.schedule_id";
    }

    static String found() {
        return "coalesce(v.family_id, " + registered() + ")";
    }

    /** The family of the registration that covers the day, whatever the row says; null where none does. */
    static String registered() {
        return "case when g.n = 1 then case when " + covers("g") + " then g.family_id end"
                + " when g.n > 1 then (select r.family_id from registration r left join membership m on m.town_id = :town"
                + " and m.family_id = r.family_id and m.individual_id = r.individual_id and m.archived_at is null"
                + " where r.town_id = :town and r.individual_id = v.individual_id and r.schedule_id = v.schedule_id"
                + " and r.archived_at is null and r.status <> 'WAITING' and " + covers("r")
                + " order by coalesce(m.custody = 'ALL' or (m.custody = 'EVEN_WEEKS') = (extract(week from v.day)::int % 2 = 0), false) desc,"
                + " r.ref limit 1) end";
    }

    private static String covers(String registration) {
        return "v.day between " + registration + ".start_day and " + registration + ".end_day and (coalesce("
                + registration + ".weekdays, '') = '' or strpos(" + registration + ".weekdays, " + WEEKDAY + ") > 0)";
    }
}
