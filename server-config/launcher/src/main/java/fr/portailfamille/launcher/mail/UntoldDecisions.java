package fr.portailfamille.launcher.mail;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** A town of families about whose bookings something was decided that no digest has told yet. */
public final class UntoldDecisions {

    private final Instance instance;
    private final String code;
    private int families;

    private UntoldDecisions(Instance instance, String code) {
        this.instance = instance;
        this.code = code;
    }

    /** Opens the town, with one child and one activity, and keeps the schedule's digests away from it. */
    public static UntoldDecisions openTown(Instance instance, String code) throws SQLException {
        PortalApi.Answer opened = instance.api().openTown(code, "Ville d'essai", "agent@" + code + ".example");
        if (!opened.ok()) {
            throw new Problem("The town could not be opened: " + opened.body());
        }
        UntoldDecisions town = new UntoldDecisions(instance, code);
        town.run(
                "update town set digest_hours = '{}' where id = :town",
                "insert into individual (town_id, id, ref, last_name, first_name, search_name)"
                        + " values (:town, 1, 'I1', 'PETIT', 'Léo', 'petit leo')",
                "insert into activity (town_id, id, ref, name, kind, decision)"
                        + " values (:town, 1, 'A1', '4/Péri SOIR', 'AFTER_SCHOOL', 'BUSINESS')",
                "insert into facility (town_id, id, ref, name, kind) values (:town, 1, 'F1', 'École', 'SCHOOL')",
                "insert into schedule (town_id, id, ref, activity_id, facility_id, start_time, end_time, valid_from,"
                        + " valid_to) values (:town, 1, 'S1', 1, 1, '16:30', '18:30', '2020-01-01', '2040-01-01')");
        return town;
    }

    public String code() {
        return code;
    }

    /**
     * So many families more, each with a request of so many days that was accepted at this instant, or right after the
     * last window that is closed.
     */
    public void add(int more, int days, Instant recorded) throws SQLException {
        String from = " from generate_series(" + (families + 1) + ", " + (families + more) + ") n";
        String lines = from + ", generate_series(1, " + days + ") l";
        families += more;
        run(
                recorded,
                "insert into citizen_account (town_id, id, email, email_key, password_hash, civility, last_name,"
                        + " first_name, search_name, state, created_at)"
                        + " select :town, n, 'parent' || n || '@essai.example', 'parent' || n || '@essai.example', 'x',"
                        + " case n % 2 when 0 then 'M' else 'MME' end, 'PETIT', 'Camille', '', 'ACTIVE', :at" + from,
                "insert into request (town_id, id, ref, account_id, kind, type, operation, origin, state, line_count,"
                        + " decided_count, submitted_at, submission_key)"
                        + " select :town, n, '2026-E' || n, n, 'BOOKING', 'BOOKING', 'NEW', 'FAMILY', 'ACCEPTED', "
                        + days
                        + ", " + days + ", :at, gen_random_uuid()" + from,
                "insert into request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                        + " select :town, n, l, 'BOOK', 1, 1, date '2026-12-01' + l, 'ACCEPTED'" + lines,
                "insert into decision (town_id, id, account_id, request_id, line, outcome, recorded_at)"
                        + " select :town, nextval('decision_seq'), n, n, l, 'ACCEPTED', greatest(:at, (select max(ends_at)"
                        + " + interval '1 microsecond' from digest_window where town_id = :town))" + lines);
        run("analyze citizen_account", "analyze request", "analyze request_line", "analyze decision");
    }

    /** Tells all of it now. */
    public void sendDigest() {
        PortalApi.Answer told = instance.api().digest(code);
        if (!told.ok()) {
            throw new Problem("The digest was not sent: " + told.body());
        }
    }

    /** How many notices of the town are in a state. */
    public long notices(String condition) throws SQLException {
        try (Connection owner = connect();
                Statement statement = owner.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from notice where town_id = "
                        + "(select id from town where code = '" + code + "') and " + condition)) {
            result.next();
            return result.getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        Connection owner = instance.connectAsOwner();
        try (Statement path = owner.createStatement()) {
            path.execute("set search_path to app");
        }
        return owner;
    }

    private void run(String... statements) throws SQLException {
        run(Instant.EPOCH, statements);
    }

    private void run(Instant at, String... statements) throws SQLException {
        try (Connection owner = connect()) {
            for (String sql : statements) {
                String filled = sql.replace(":town", "(select id from town where code = '" + code + "')")
                        .replace(":at", "'" + at + "'::timestamptz");
                try (Statement statement = owner.createStatement()) {
                    statement.execute(filled);
                }
            }
        }
    }
}
