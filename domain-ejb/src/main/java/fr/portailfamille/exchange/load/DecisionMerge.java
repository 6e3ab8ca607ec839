package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.request.DecidedSet;
import org.jdbi.v3.core.Handle;

/**
 * Applies decisions: moves lines, requests and, where no later request has taken over the day, bookings; the places they
 * take are recounted. Locks bookings, then counters, then requests, each in the order of their keys, as families do.
 */
final class DecisionMerge {

    private final Load load;
    private final String verdicts;

    DecisionMerge(Load load, FileFormat file) {
        this.load = load;
        this.verdicts = load.stage().verdicts(file);
    }

    DecidedSet run(Handle handle) {
        load.update(
                handle,
                "create temporary table decided on commit drop as select request_id, request_line as line, whole, action,"
                        + " individual_id, schedule_id, day, outcome, rank, reason_code, reason, decided_at as business_decided_at,"
                        + " old_version from " + verdicts + " where verdict = 'C'");
        handle.execute("analyze decided");
        DecidedSet decided = new DecidedSet(handle, load.town(), load.now(), "decided");
        moves(handle);
        places(handle);
        decided.lock();
        if (changedMeanwhile(handle)) {
            throw new BookingMerge.ChangedMeanwhile();
        }
        bookings(handle);
        decided.write();
        return decided;
    }

    /** A booking follows the line that asked for it last; an absence that is refused is a booking again. */
    private void moves(Handle handle) {
        load.number(
                handle,
                "select count(*) from (select 1 from booking b join decided d on d.individual_id = b.individual_id"
                        + " and d.schedule_id = b.schedule_id and d.day = b.day where b.town_id = :town and d.action is not null"
                        + " order by b.individual_id, b.day, b.schedule_id for no key update of b) x");
        load.update(
                handle,
                "create temporary table moves on commit drop as select * from (select b.individual_id, b.schedule_id, b.day,"
                        + " b.state as old_state, case d.action when 'BOOK' then case d.outcome when 'ACCEPTED' then 'BOOKED'"
                        + " when 'REFUSED' then 'BOOKING_REFUSED' else 'WAITLISTED' end else case d.outcome when 'ACCEPTED'"
                        + " then 'ABSENT' else 'BOOKED' end end as state, case d.outcome when 'REFUSED' then d.reason end as reason"
                        + " from booking b join decided d on d.individual_id = b.individual_id and d.schedule_id = b.schedule_id"
                        + " and d.day = b.day and d.request_id = b.request_id and d.line = b.request_line"
                        // An absence of a day that the town itself has taken away meanwhile has nothing to go back to.
                        + " where b.town_id = :town and (d.action = 'BOOK' or b.state in ('ABSENCE_PENDING', 'ABSENT', 'BOOKED'))) x");
        handle.execute("analyze moves");
    }

    private void places(Handle handle) {
        load.update(
                handle,
                "create temporary table touched on commit drop as select distinct schedule_id, day from moves where "
                        + holds("state") + " <> " + holds("old_state"));
        handle.execute("analyze touched");
        load.number(
                handle,
                "select count(l.done) from (select lock_places(:town, array_agg(schedule_id), array_agg(day))::text as done"
                        + " from touched having count(*) > 0) l");
    }

    private static String holds(String state) {
        return "(" + state + " in " + PlaceCounts.HOLDING + ")";
    }

    /** A line that was decided or withdrawn since the check: what the check found no longer holds. */
    private boolean changedMeanwhile(Handle handle) {
        return load.any(
                handle,
                "select from decided d join request r on r.town_id = :town and r.id = d.request_id left join lateral ("
                        + DecidedSet.line("r", "d.line")
                        + ") l on true where l.version is distinct from d.old_version");
    }

    private void bookings(Handle handle) {
        BookingHistory.write(
                load,
                handle,
                "select individual_id, schedule_id, day, old_state, state from moves where state <> old_state");
        load.update(
                handle,
                "update booking b set state = m.state, reason = m.reason, waiting_since = case m.state when 'WAITLISTED' then"
                        + " coalesce(b.waiting_since, :now) end, archived_at = null, changed_at = :now, changed_run = :run,"
                        + " version = b.version + 1 from moves m where b.town_id = :town and b.individual_id = m.individual_id"
                        + " and b.schedule_id = m.schedule_id and b.day = m.day"
                        + " and (b.state, b.reason) is distinct from (m.state, m.reason)");
        PlaceCounts.recount(load, handle, "touched");
    }
}
