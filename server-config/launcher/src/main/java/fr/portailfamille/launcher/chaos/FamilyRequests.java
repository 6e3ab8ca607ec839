package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.lot.AskedRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes what families of a town have asked for, as the portal writes it, for the business application to decide. The days
 * are those on which the town's lots booked something: bookings and absences wait for a decision from then on.
 */
public final class FamilyRequests {

    private static final String TOWN = "(select id from town where code = ?)";

    private final Connection owner;
    private final String town;

    private FamilyRequests(Connection owner, String town) {
        this.owner = owner;
        this.town = town;
    }

    /** All or none; those that are there already are left alone, so that it may be tried again when the database died. */
    public static void write(Connection owner, String town, LocalDate day) throws SQLException {
        FamilyRequests requests = new FamilyRequests(owner, town);
        owner.setSchema("app");
        owner.setAutoCommit(false);
        if (requests.update("insert into citizen_account (town_id, id, email, email_key, password_hash, civility,"
                        + " last_name, first_name, search_name, state, created_at) select " + TOWN
                        + ", 1, 'parent@famille.example', 'parent@famille.example', 'x', 'MME', 'PARENT', 'Maéva', '',"
                        + " 'ACTIVE', '2026-01-01' on conflict do nothing")
                == 1) {
            for (int id = 1; id <= AskedRequest.ALL.size(); id++) {
                requests.write(id, AskedRequest.ALL.get(id - 1), day);
            }
        }
        owner.commit();
    }

    private void write(int id, AskedRequest request, LocalDate day) throws SQLException {
        update(
                "insert into request (town_id, id, ref, account_id, family_id, kind, type, operation, origin, state,"
                        + " line_count, submitted_at, submission_key) select f.town_id, ?, ?, 1, f.id, ?, ?, 'NEW', 'FAMILY',"
                        + " 'IN_PROGRESS', ?, '2026-11-20T08:00:00Z', gen_random_uuid() from family f"
                        + " where f.ref = ? and f.town_id = " + TOWN,
                id,
                request.ref(),
                request.type(),
                request.type(),
                request.lines(),
                request.family());
        boolean booking = request.type().equals("BOOKING");
        int lines = update(
                "insert into request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                        + " select b.town_id, ?, row_number() over (order by i.ref, b.day, s.ref), ?, b.individual_id,"
                        + " b.schedule_id, b.day, 'TRANSMITTED' from booking b"
                        + " join individual i on (i.town_id, i.id) = (b.town_id, b.individual_id)"
                        + " join schedule s on (s.town_id, s.id) = (b.town_id, b.schedule_id)"
                        + " join family f on (f.town_id, f.id) = (b.town_id, b.family_id)"
                        + " where b.state = 'BOOKED' and b.day > ? and f.ref = ? and b.town_id = " + TOWN
                        + " order by i.ref, b.day, s.ref limit " + request.lines(),
                id,
                booking ? "BOOK" : "CANCEL",
                day,
                request.family());
        if (lines != request.lines()) {
            throw new Problem("%s of %s would have %d lines instead of %d"
                    .formatted(request.ref(), town, lines, request.lines()));
        }
        update(
                "update booking b set state = ?, request_id = l.request_id, request_line = l.line, version = b.version + 1"
                        + " from request_line l where l.request_id = ? and (b.town_id, b.individual_id, b.schedule_id, b.day)"
                        + " = (l.town_id, l.individual_id, l.schedule_id, l.day) and l.town_id = " + TOWN,
                booking ? "BOOKING_PENDING" : "ABSENCE_PENDING",
                id);
    }

    /** The town's code is the last parameter. */
    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            int n = 0;
            for (Object value : List.of(values)) {
                n++;
                statement.setObject(n, value);
            }
            statement.setString(n + 1, town);
            return statement.executeUpdate();
        }
    }
}
