package fr.portailfamille.exchange;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * A vendor's town with two families, a child each, a canteen that Enfance decides, and an account for each family. Requests
 * are written past the walls, as the portal writes them.
 */
final class RequestedTown {

    static final String BEFORE = "2026-11-01T08:00:00Z";

    final Vendor vendor = Vendor.ofNewTown();
    private long requests;

    RequestedTown() throws SQLException {
        vendor.apply(TestLot.full(vendor.town(), "reference", 1)
                .file("regies.csv", "regie_ref,name,issuer", "RC,Régie des cantines,400")
                .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                .file("activities.csv", "activity_ref,name,kind,decision", "CANT,Restauration,canteen,business")
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,capacity,valid_from,valid_to",
                        "S1,CANT,E1,12:00,13:45,12345,2,2026-01-01,2036-12-31")
                .file("pools.csv", "pool_ref,name,capacity", "P1,Salle,3")
                .file("pool_schedules.csv", "pool_ref,schedule_ref", "P1,S1")
                .file(
                        "code_lists.csv",
                        "list,code,label",
                        "refusal_reason,PLEIN,Il n'y a plus de place.",
                        "refusal_reason,AGE,L'enfant est trop jeune."));
        vendor.apply(TestLot.full(vendor.town(), "individuals", 1)
                .file(
                        "families.csv",
                        "family_ref,account_code,name,personal_code",
                        "F1,BL-0000000001,ROUSSEL,4711",
                        "F2,BL-0000000002,LEROY,4712")
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name",
                        "I1,ROUSSEL,Ève",
                        "I2,LEROY,Adam",
                        "I3,ROUSSEL,Inès")
                .file(
                        "memberships.csv",
                        "family_ref,individual_ref,role,payer",
                        "F1,I1,child,0",
                        "F2,I2,child,0",
                        "F1,I3,guardian,1"));
        vendor.apply(TestLot.full(vendor.town(), "registrations", 1)
                .file(
                        "registrations.csv",
                        "registration_ref,individual_ref,family_ref,schedule_ref,start,end,status",
                        "R1,I1,F1,S1,2026-01-01,2036-12-31,active",
                        "R2,I2,F2,S1,2026-01-01,2036-12-31,active"));
        for (int family = 1; family <= 2; family++) {
            account(family);
        }
    }

    private void account(int family) throws SQLException {
        write(
                "insert into app.citizen_account (town_id, id, email, email_key, password_hash, civility, last_name, first_name,"
                        + " search_name, state, created_at) values (:town, ?, ?, ?, 'x', 'MME', 'PARENT', 'Maéva', '', 'ACTIVE', '2026-01-01')",
                family,
                "parent" + family + "@famille.invalid",
                "parent" + family + "@famille.invalid");
        write(
                "insert into app.subscription (town_id, id, account_id, business_account_id, proof, created_at) select :town, ?, ?,"
                        + " a.id, 'AGENT', '2026-01-01' from app.business_account a where a.town_id = :town and a.ref = ?",
                family,
                family,
                "F" + family);
    }

    /** A request of a family for its child, with one line a day, each pending; gives its reference. */
    String asks(int family, String action, String... days) throws SQLException {
        String ref = request(family, action.equals("BOOK") ? "BOOKING" : "ABSENCE", days.length);
        for (int line = 1; line <= days.length; line++) {
            write(
                    "insert into app.request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                            + " select :town, ?, ?, ?, i.id, s.id, ?::date, 'TRANSMITTED' from app.individual i, app.schedule s"
                            + " where i.town_id = :town and i.ref = ? and s.town_id = :town and s.ref = 'S1'",
                    requests,
                    line,
                    action,
                    days[line - 1],
                    "I" + family);
            write(
                    "insert into app.booking (town_id, individual_id, schedule_id, day, state, family_id, request_id, request_line,"
                            + " changed_at) select :town, i.id, s.id, ?::date, ?, f.id, ?, ?, '2026-11-01' from app.individual i,"
                            + " app.schedule s, app.family f where i.town_id = :town and i.ref = ? and s.town_id = :town"
                            + " and s.ref = 'S1' and f.town_id = :town and f.ref = ? on conflict (town_id, individual_id, day,"
                            + " schedule_id) do update set state = excluded.state, request_id = excluded.request_id,"
                            + " request_line = excluded.request_line, version = app.booking.version + 1",
                    days[line - 1],
                    action.equals("BOOK") ? "BOOKING_PENDING" : "ABSENCE_PENDING",
                    requests,
                    line,
                    "I" + family,
                    "F" + family);
        }
        recount();
        return ref;
    }

    /** A request that has no lines, such as that for a subscription. */
    String asksForSubscription(int family) throws SQLException {
        return request(family, "SUBSCRIPTION", 0);
    }

    private String request(int family, String type, int lines) throws SQLException {
        requests++;
        String ref = "2026-" + "0123456789".substring(0, 9) + requests;
        write(
                "insert into app.request (town_id, id, ref, account_id, family_id, kind, type, operation, origin, state, line_count,"
                        + " submitted_at, submission_key) select :town, ?, ?, ?, f.id, ?, ?, 'NEW', 'FAMILY', 'IN_PROGRESS', ?,"
                        + " ?::timestamptz, gen_random_uuid() from app.family f where f.town_id = :town and f.ref = ?",
                requests,
                ref,
                family,
                type,
                type,
                lines,
                BEFORE,
                "F" + family);
        return ref;
    }

    private void recount() throws SQLException {
        write("insert into app.place_counter (town_id, counter_id, day, capacity) select distinct :town, c.id, b.day,"
                + " app.capacity_of(b.town_id, c.id, b.day) from app.booking b, app.counters_of(b.town_id, b.schedule_id) as c (id)"
                + " where b.town_id = :town on conflict do nothing");
        write(
                "update app.place_counter p set taken = (select count(*) from app.booking b where b.town_id = p.town_id"
                        + " and b.day = p.day and b.state in ('BOOKED', 'BOOKING_PENDING', 'ABSENCE_PENDING')) where p.town_id = :town");
    }

    void write(String statement, Object... values) throws SQLException {
        vendor.write(statement, List.of(values));
    }

    String value(String query) throws SQLException {
        return Objects.requireNonNullElse(vendor.value(query), "");
    }

    /** States of the bookings of a family's child, by day. */
    String bookings(int family) throws SQLException {
        return value(
                "select string_agg(b.day || ' ' || b.state, ', ' order by b.day) from app.booking b join app.individual i"
                        + " on (i.town_id, i.id) = (b.town_id, b.individual_id) where b.town_id = :town and i.ref = 'I"
                        + family + "'");
    }

    /** Places taken on a day, by the schedule and by its pool. */
    String places(String day) throws SQLException {
        return value(
                "select string_agg(coalesce(s.ref, 'P1') || ' ' || c.taken, ', ' order by s.ref) from app.place_counter c"
                        + " left join app.schedule s on (s.town_id, s.id) = (c.town_id, c.counter_id) where c.town_id = :town and c.day = '"
                        + day + "'");
    }

    /** State of a request, its decided lines, its news, and the states of its lines. */
    String request(String ref) throws SQLException {
        return value(
                "select r.state || ' ' || r.decided_count || '/' || r.line_count || ' ' || r.unseen_events || ': ' ||"
                        + " coalesce(string_agg(concat_ws(' ', l.state, l.waiting_rank, l.reason_code, l.reason), ', ' order by l.line), '')"
                        + " from app.request r left join app.request_line l on (l.town_id, l.request_id) = (r.town_id, r.id)"
                        + " where r.town_id = :town and r.ref = '" + ref + "' group by r.town_id, r.id");
    }
}
