package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.lot.AskedRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes what families of a town have asked for, as the portal writes it. The days are those on which the town's lots booked
 * something: bookings and absences wait for a decision from then on. Each batch is there as a whole or not at all, and one
 * that is there already is left alone, so that it may be tried again when the database died.
 */
public final class FamilyRequests {

    private static final String TOWN = "(select id from town where code = ?)";
    private static final String AT = "2026-11-20T08:00:00Z";

    /** Of the parent who asks; no family that signs up meanwhile gets it. */
    private static final int ACCOUNT = 1_000_000;

    private final Connection owner;
    private final String town;
    private final LocalDate day;

    private FamilyRequests(Connection owner, String town, LocalDate day) {
        this.owner = owner;
        this.town = town;
        this.day = day;
    }

    /** What the business application has got already, and is to decide. */
    public static void transmitted(Connection owner, String town, LocalDate day) throws SQLException {
        new FamilyRequests(owner, town, day).batch(1, AskedRequest.ALL, "TRANSMITTED");
    }

    /**
     * What waits to be handed out, in this order.
     *
     * @param first the id of the first; the others follow
     * @param asked a request that comes a second time stands for a message about it
     */
    static void submitted(Connection owner, String town, LocalDate day, int first, List<AskedRequest> asked)
            throws SQLException {
        new FamilyRequests(owner, town, day).batch(first, asked, "SUBMITTED");
    }

    private void batch(int first, List<AskedRequest> asked, String state) throws SQLException {
        owner.setSchema("app");
        owner.setAutoCommit(false);
        update("insert into citizen_account (town_id, id, email, email_key, password_hash, civility,"
                + " last_name, first_name, search_name, state, created_at) select " + TOWN
                + ", " + ACCOUNT
                + ", 'parent@famille.example', 'parent@famille.example', 'x', 'MME', 'PARENT', 'Maéva', '',"
                + " 'ACTIVE', '2026-01-01' on conflict do nothing");
        if (!isThere(first)) {
            for (int i = 0; i < asked.size(); i++) {
                AskedRequest request = asked.get(i);
                int before = asked.indexOf(request);
                if (before < i) {
                    message(first + before, request);
                    continue;
                }
                write(first + i, request, state);
                if (state.equals("SUBMITTED")) {
                    dispatch(first + i, "NEW");
                }
            }
        }
        owner.commit();
    }

    private boolean isThere(int request) throws SQLException {
        try (PreparedStatement statement =
                owner.prepareStatement("select from request where id = ? and town_id = " + TOWN)) {
            statement.setInt(1, request);
            statement.setString(2, town);
            return statement.executeQuery().next();
        }
    }

    private void write(int id, AskedRequest request, String state) throws SQLException {
        update(
                "insert into request (town_id, id, ref, account_id, family_id, kind, type, operation, origin, state,"
                        + " line_count, submitted_at, submission_key) select f.town_id, ?, ?, " + ACCOUNT
                        + ", f.id, ?, ?, 'NEW', 'FAMILY',"
                        + " 'IN_PROGRESS', ?, '" + AT + "', gen_random_uuid() from family f"
                        + " where f.ref = ? and f.town_id = " + TOWN,
                id,
                request.ref(),
                request.type(),
                request.type(),
                request.lines(),
                request.family());
        if (request.lines() > 0) {
            lines(id, request, state);
        }
    }

    private void lines(int id, AskedRequest request, String state) throws SQLException {
        boolean booking = request.type().equals("BOOKING");
        int lines = update(
                "insert into request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                        + " select b.town_id, ?, row_number() over (order by i.ref, b.day, s.ref), ?, b.individual_id,"
                        + " b.schedule_id, b.day, ? from booking b"
                        + " join individual i on (i.town_id, i.id) = (b.town_id, b.individual_id)"
                        + " join schedule s on (s.town_id, s.id) = (b.town_id, b.schedule_id)"
                        + " join family f on (f.town_id, f.id) = (b.town_id, b.family_id)"
                        + " where b.state = 'BOOKED' and b.day > ? and f.ref = ? and b.town_id = " + TOWN
                        + " order by i.ref, b.day, s.ref limit " + request.lines(),
                id,
                booking ? "BOOK" : "CANCEL",
                state,
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

    private void message(int request, AskedRequest about) throws SQLException {
        dispatch(request, "UPDATE");
        update(
                "insert into family_message (town_id, id, request_id, dispatch_id, sent_at, text)"
                        + " select d.town_id, nextval('family_message_seq'), d.request_id, d.id, d.at, ?"
                        + " from dispatch d where d.request_id = ? and d.operation = 'UPDATE' and d.town_id = " + TOWN,
                "Où en est " + about.ref() + " ?",
                request);
    }

    private void dispatch(int request, String operation) throws SQLException {
        update(
                "insert into dispatch (town_id, id, request_id, ref, operation, civility, last_name, first_name, email, at)"
                        + " select r.town_id, nextval('dispatch_seq'), r.id, r.ref, ?, a.civility, a.last_name, a.first_name,"
                        + " a.email, r.submitted_at from request r"
                        + " join citizen_account a on (a.town_id, a.id) = (r.town_id, r.account_id)"
                        + " where r.id = ? and r.town_id = " + TOWN,
                operation,
                request);
        update(
                "insert into dispatch_line (town_id, dispatch_id, line, outcome) select d.town_id, d.id, l.line, 'PENDING'"
                        + " from dispatch d join request_line l on (l.town_id, l.request_id) = (d.town_id, d.request_id)"
                        + " where d.operation = 'NEW' and ? = 'NEW' and d.request_id = ? and d.town_id = " + TOWN,
                operation,
                request);
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
