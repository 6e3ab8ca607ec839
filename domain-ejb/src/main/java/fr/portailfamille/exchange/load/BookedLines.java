package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.request.DecidedSet;
import fr.portailfamille.request.DecisionWording;
import org.jdbi.v3.core.Handle;

/** What a merged lot of bookings decides of the lines that waited: a place that is there was granted. */
final class BookedLines {

    private final Load load;
    private final FileFormat file;

    BookedLines(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
    }

    DecidedSet decide(Handle handle) {
        String refused = "l.action = 'CANCEL' and v.state = 'BOOKED'";
        load.update(
                handle,
                "create temporary table decided on commit drop as select l.request_id, l.line, false as whole, l.action,"
                        + " case when " + refused + " then 'REFUSED' else 'ACCEPTED' end as outcome, null::int as rank,"
                        + " case when " + refused + " then 'BUSINESS' end as reason_code, case when " + refused
                        + " then "
                        + CheckWording.literal(DecisionWording.refusedWithoutReason())
                        + " end as reason, null::timestamptz as business_decided_at from "
                        + load.stage().verdicts(file)
                        + " v join request_line l on l.town_id = :town and l.request_id = v.request_id and l.line = v.request_line"
                        + " where v.verdict = 'C' and v.old_state in ('BOOKING_PENDING', 'ABSENCE_PENDING', 'WAITLISTED')"
                        + " and v.state <> 'NOT_BOOKED' and l.state in ('SUBMITTED', 'TRANSMITTED', 'WAITLISTED')");
        handle.execute("analyze decided");
        DecidedSet decided = new DecidedSet(handle, load.town(), load.now(), "decided");
        decided.lock();
        decided.write();
        return decided;
    }
}
