package fr.portailfamille.notice;

import fr.portailfamille.common.TownVaults;
import fr.portailfamille.request.RecordedAt;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/** A town with one child and one activity, written by the owner: accounts, requests and decisions by the dozen. */
final class NoticeTown {

    private final DataSource owner;
    private final int id;
    private final String code = "avis-" + UUID.randomUUID().toString().substring(0, 8);
    private int accounts;
    private int requests;
    private int families;

    /** @param hours of its digests; none keeps the schedule away from it */
    NoticeTown(DataSource owner, TownVaults vaults, String... hours) throws SQLException {
        this.owner = owner;
        try (Connection connection = owner.getConnection();
                PreparedStatement town =
                        connection.prepareStatement("insert into town (code, name, data_key, digest_hours, opened_at)"
                                + " values (?, 'Ville des avis', ?, ?::time[], ?) returning id")) {
            Array times = connection.createArrayOf("text", hours);
            town.setString(1, code);
            town.setBytes(2, vaults.newWrappedKey(code));
            town.setArray(3, times);
            town.setTimestamp(4, Timestamp.from(Instant.EPOCH));
            try (ResultSet key = town.executeQuery()) {
                key.next();
                id = key.getInt(1);
            }
        }
        update(
                "insert into individual (town_id, id, ref, last_name, first_name, search_name)"
                        + " values (?, 1, 'I1', 'PETIT', 'Léo', 'petit leo')",
                id);
        update(
                "insert into activity (town_id, id, ref, name, kind, decision)"
                        + " values (?, 1, 'A1', '4/Péri SOIR', 'AFTER_SCHOOL', 'BUSINESS')",
                id);
        update("insert into facility (town_id, id, ref, name, kind) values (?, 1, 'F1', 'École', 'SCHOOL')", id);
        update(
                "insert into schedule (town_id, id, ref, activity_id, facility_id, start_time, end_time, valid_from, valid_to)"
                        + " values (?, 1, 'S1', 1, 1, '16:30', '18:30', '2020-01-01', '2040-01-01')",
                id);
    }

    int id() {
        return id;
    }

    String code() {
        return code;
    }

    long account(String email) throws SQLException {
        accounts++;
        update(
                "insert into citizen_account (town_id, id, email, email_key, password_hash, civility, last_name,"
                        + " first_name, search_name, state, created_at)"
                        + " values (?, ?, ?, lower(?), 'x', 'MME', 'PETIT', 'Anne', 'petit anne', 'ACTIVE', now())",
                id,
                accounts,
                email,
                email);
        return accounts;
    }

    /** A request with so many booking lines; gives its number. */
    long request(long account, int lines) throws SQLException {
        requests++;
        update(
                "insert into request (town_id, id, ref, account_id, kind, type, operation, origin, state, line_count,"
                        + " submitted_at, submission_key) values (?, ?, ?, ?, 'BOOKING', 'BOOKING', 'NEW', 'FAMILY',"
                        + " 'IN_PROGRESS', ?, ?, ?)",
                id,
                requests,
                "2026-%010d".formatted(requests),
                account,
                lines,
                Timestamp.from(Instant.parse("2026-11-20T09:00:00Z")),
                UUID.randomUUID());
        for (int line = 1; line <= lines; line++) {
            update(
                    "insert into request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                            + " values (?, ?, ?, 'BOOK', 1, 1, ?, 'SUBMITTED')",
                    id,
                    requests,
                    line,
                    LocalDate.of(2026, 12, 1).plusDays(line));
        }
        return requests;
    }

    /**
     * So many accepted requests with so many booking lines each, written in a few statements: the first is the first
     * account's, the next that of the next account, and so on in turn. Before any other request.
     */
    void requests(int count, int lines) throws SQLException {
        requests = count;
        update(
                "insert into request (town_id, id, ref, account_id, kind, type, operation, origin, state, line_count,"
                        + " decided_count, submitted_at, submission_key) select ?, n, '2026-E' || n, (n - 1) % ? + 1,"
                        + " 'BOOKING', 'BOOKING', 'NEW', 'FAMILY', 'ACCEPTED', ?, ?, '2026-01-05', gen_random_uuid()"
                        + " from generate_series(1, ?) n",
                id, accounts, lines, lines, count);
        update(
                "insert into request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                        + " select ?, n, l, 'BOOK', 1, 1, date '2026-12-01' + l, 'ACCEPTED'"
                        + " from generate_series(1, ?) n, generate_series(1, ?) l",
                id,
                count,
                lines);
        analyze("request", "request_line");
    }

    /** After much was written: the database would guess at how much that is. */
    void analyze(String... tables) throws SQLException {
        update("analyze " + String.join(", ", tables));
    }

    /** A request without lines; gives its number. */
    long change(long account, String type) throws SQLException {
        requests++;
        update(
                "insert into request (town_id, id, ref, account_id, kind, type, operation, origin, state, line_count,"
                        + " submitted_at, submission_key) values (?, ?, ?, ?, 'FAMILY_CHANGE', ?, 'NEW', 'FAMILY',"
                        + " 'IN_PROGRESS', 0, ?, ?)",
                id,
                requests,
                "2026-%010d".formatted(requests),
                account,
                type,
                Timestamp.from(Instant.parse("2026-11-20T09:00:00Z")),
                UUID.randomUUID());
        return requests;
    }

    /** Decides a request without lines. */
    void decideWhole(long request, String state, String answer) throws SQLException {
        update("update request set state = ? where town_id = ? and id = ?", state, id, request);
        update(
                "insert into request_event (town_id, id, request_id, kind, detail, at) values (?, ?, ?, ?, ?, now())",
                id,
                request,
                request,
                state,
                answer);
    }

    /** Puts a guardian with this address into a new family that the account is subscribed to. */
    void guardian(long account, String email, boolean acceptsEmail) throws SQLException {
        long family = ++families;
        update("insert into family (town_id, id, ref, name) values (?, ?, ?, 'PETIT')", id, family, "F" + family);
        update(
                "insert into individual (town_id, id, ref, last_name, first_name, search_name, email, accepts_email)"
                        + " values (?, ?, ?, 'PETIT', 'Anne', 'petit anne', ?, ?)",
                id,
                100 + family,
                "G" + family,
                email,
                acceptsEmail);
        update(
                "insert into membership (town_id, id, family_id, individual_id, role) values (?, ?, ?, ?, 'GUARDIAN')",
                id,
                family,
                family,
                100 + family);
        update(
                "insert into business_account (town_id, id, ref, family_id, universe, account_code, name, search_name)"
                        + " values (?, ?, ?, ?, 'Enfance', ?, 'PETIT', 'petit')",
                id,
                family,
                "F" + family,
                family,
                "BL-" + family);
        update(
                "insert into subscription (town_id, id, account_id, business_account_id, proof, created_at)"
                        + " values (?, ?, ?, ?, 'AGENT', now())",
                id,
                family,
                account,
                family);
    }

    /** Accepts all lines of the request at this instant, or as soon after it as there is a window that is not closed. */
    void decide(long account, long request, int lines, Instant recorded) throws Exception {
        behindTheWall(connection -> decide(connection, account, request, lines, recorded));
    }

    /** As a part of a longer transaction. */
    void decide(Connection connection, long account, long request, int lines, Instant recorded) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into decision (town_id, id, account_id, request_id, line, outcome, recorded_at)
                select ?, nextval('decision_seq'), ?, ?, line, 'ACCEPTED',\s""" + RecordedAt.sql("?") + """
                  from generate_series(1, ?) line""")) {
            insert.setInt(1, id);
            insert.setLong(2, account);
            insert.setLong(3, request);
            insert.setObject(4, recorded.atOffset(ZoneOffset.UTC));
            insert.setInt(5, lines);
            insert.executeUpdate();
        }
    }

    /** Closes the window that ends then. */
    boolean close(Instant end) throws Exception {
        List<Boolean> closed = new ArrayList<>();
        behindTheWall(connection -> closed.add(close(connection, end)));
        return closed.get(0);
    }

    boolean close(Connection connection, Instant end) throws SQLException {
        try (PreparedStatement close = connection.prepareStatement("select close_digests(?, false, now())")) {
            close.setObject(1, end.atOffset(ZoneOffset.UTC));
            try (ResultSet closed = close.executeQuery()) {
                closed.next();
                return closed.getBoolean(1);
            }
        }
    }

    /** One of several statements of a transaction. */
    interface Act {
        void in(Connection connection) throws Exception;
    }

    /** A transaction that says which town it is of, as those of the portal do. */
    void behindTheWall(Act act) throws Exception {
        behindTheWall(owner, act);
    }

    /** The same by the role of a data source, such as the one that row-level security binds. */
    void behindTheWall(DataSource source, Act act) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement enter = connection.createStatement()) {
                enter.execute("select set_config('portal.town', '" + id + "', true)");
                act.in(connection);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Of something that no town owns. */
    long countOfAll(String from) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + from)) {
            result.next();
            return result.getLong(1);
        }
    }

    long count(String from) throws SQLException {
        return (long) value("select count(*) from " + from);
    }

    /** One value of this town; the query ends in a condition or in none, the town is added. */
    Object value(String query) throws SQLException {
        List<Object> values = values(query);
        return values.isEmpty() ? null : values.get(0);
    }

    List<Object> values(String query) throws SQLException {
        return rows(
                query + (query.contains(" where ") ? " and" : " where") + " town_id = ?",
                result -> result.getObject(1));
    }

    /** What stands in a row. */
    interface Row<T> {
        T of(ResultSet result) throws SQLException;
    }

    /** All rows of a query whose one parameter is the town. */
    <T> List<T> rows(String query, Row<T> row) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, id);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row.of(result));
                }
                return rows;
            }
        }
    }

    /** When windows that are closed ended. */
    TreeSet<Instant> windowEnds() throws SQLException {
        return new TreeSet<>(rows("select ends_at from digest_window where town_id = ?", row -> instant(row, 1)));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A statement whose one parameter is the town. */
    void run(String statement) throws SQLException {
        update(statement, id);
    }

    private void update(String statement, Object... values) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }
}
