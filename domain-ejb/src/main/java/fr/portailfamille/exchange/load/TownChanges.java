package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.request.RecordedAt;
import org.jdbi.v3.core.Handle;

/**
 * « Modifié par la ville »: days to come that a lot of bookings changed and nobody had asked for. Every account that sees
 * the child's bookings hears of it in its next digest. Full lots and the first one of all tell nothing.
 */
final class TownChanges {

    private final Load load;
    private final FileFormat file;

    TownChanges(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
    }

    /** After the merge, and after {@link BookedLines} has said what it decided. */
    void tell(Handle handle) {
        if (load.full() || first(handle)) {
            return;
        }
        load.update(handle, "create temporary table seen on commit drop as " + whoSees());
        handle.execute("analyze seen");
        load.update(
                handle,
                "create temporary table changed on commit drop as select * from (select v.individual_id, v.schedule_id, v.day,"
                        + " v.verdict, " + effective("v.old_state") + " as old_state, " + effective("v.state")
                        + " as new_state from " + load.stage().verdicts(file)
                        + " v where v.verdict in ('N', 'C') and v.day > "
                        + SqlParts.today() + " and not exists (select from decided d where d.request_id = v.request_id"
                        + " and d.line = v.request_line) and v.individual_id in (select individual_id from seen)) x where old_state <> new_state");
        handle.execute("analyze changed");
        history(handle);
        load.update(
                handle,
                "insert into booking_change (town_id, id, account_id, individual_id, schedule_id, day, old_state, new_state, run_id,"
                        + " recorded_at) select :town, nextval('booking_change_seq'), a.account_id, c.individual_id, c.schedule_id,"
                        + " c.day, c.old_state, c.new_state, :run, " + RecordedAt.sql(":now")
                        + " from changed c join seen a"
                        + " on a.individual_id = c.individual_id order by a.account_id, c.individual_id, c.day, c.schedule_id");
    }

    private boolean first(Handle handle) {
        return !load.any(handle, "select from flow_state where town_id = :town and flow = 'BOOKINGS'");
    }

    /** What counts in Enfance: to wait, or to have been refused, is not to be booked; to wait for an absence is. */
    private static String effective(String state) {
        return "case when " + state + " in ('BOOKED', 'ABSENCE_PENDING') then 'BOOKED' when " + state
                + " = 'ABSENT' then 'ABSENT' else 'NOT_BOOKED' end";
    }

    /**
     * Changes of what was there are in the change log already; these are of days that had no booking yet. Where no account
     * sees the child the booking itself says which run made it.
     */
    private void history(Handle handle) {
        BookingHistory.write(
                load,
                handle,
                "select individual_id, schedule_id, day, old_state, new_state as state from changed where verdict = 'N'");
    }

    private String whoSees() {
        return "select distinct u.account_id, m.individual_id from membership m join business_account b on b.town_id = :town"
                + " and b.family_id = m.family_id and b.archived_at is null join subscription u on u.town_id = :town"
                + " and u.business_account_id = b.id and u.ended_at is null where m.town_id = :town and m.role = 'CHILD'"
                + " and m.access <> 'NONE' and m.archived_at is null and m.individual_id in (select v.individual_id from "
                + load.stage().verdicts(file) + " v where v.verdict in ('N', 'C'))";
    }
}
