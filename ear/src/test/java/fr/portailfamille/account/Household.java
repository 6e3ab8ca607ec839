package fr.portailfamille.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A family of two grown-ups and a child, as Enfance sent it, written by the owner of the tables.
 *
 * @param code code abonné
 */
public record Household(int town, long family, long child, String code, String mother, String father) {

    public static final LocalDate CHILD_BORN = LocalDate.of(2017, 9, 21);

    public static Household in(Connection owner, int town) throws SQLException {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        long family = id(owner, "family_seq");
        long mother = id(owner, "individual_seq");
        long father = id(owner, "individual_seq");
        long child = id(owner, "individual_seq");
        String motherMail = "claire." + mark + "@famille.example";
        String fatherMail = "paul." + mark + "@famille.example";
        String code = "BL-" + mark.toUpperCase(java.util.Locale.ROOT);
        run(
                owner,
                "insert into app.family (town_id, id, ref, name) values (?, ?, ?, 'MARTIN')",
                town,
                family,
                "F" + mark);
        person(owner, town, mother, "MME", "Claire", motherMail, null);
        person(owner, town, father, "M", "Paul", fatherMail, null);
        person(owner, town, child, null, "Léa", null, CHILD_BORN);
        member(owner, town, family, mother, "GUARDIAN");
        member(owner, town, family, father, "PARTNER");
        member(owner, town, family, child, "CHILD");
        run(
                owner,
                "insert into app.business_account (town_id, id, ref, family_id, universe, account_code, name, search_name)"
                        + " values (?, nextval('app.business_account_seq'), ?, ?, 'Enfance', ?, 'MARTIN', 'martin')",
                town,
                "F" + mark,
                family,
                code);
        return new Household(town, family, child, code, motherMail, fatherMail);
    }

    /** An account that was activated; the hash is that of no password. */
    public static long account(Connection owner, int town, String email) throws SQLException {
        long account = id(owner, "citizen_account_seq");
        run(
                owner,
                "insert into app.citizen_account (town_id, id, email, email_key, password_hash, civility, last_name,"
                        + " first_name, state, created_at, activated_at) values (?, ?, ?, lower(?), '-', 'MME', 'Martin',"
                        + " 'Claire', 'ACTIVE', '2026-01-01', '2026-01-01')",
                town,
                account,
                email,
                email);
        return account;
    }

    private static void person(
            Connection owner, int town, long id, String civility, String firstName, String email, LocalDate born)
            throws SQLException {
        run(
                owner,
                "insert into app.individual (town_id, id, ref, civility, last_name, first_name, search_name, email, birth_date)"
                        + " values (?, ?, ?, ?, 'MARTIN', ?, 'martin', ?, ?)",
                town,
                id,
                "I" + id,
                civility,
                firstName,
                email,
                born);
    }

    private static void member(Connection owner, int town, long family, long person, String role) throws SQLException {
        run(
                owner,
                "insert into app.membership (town_id, id, family_id, individual_id, role)"
                        + " values (?, nextval('app.membership_seq'), ?, ?, ?)",
                town,
                family,
                person,
                role);
    }

    private static long id(Connection owner, String sequence) throws SQLException {
        try (PreparedStatement next = owner.prepareStatement("select nextval('app." + sequence + "')");
                ResultSet row = next.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    public static void run(Connection owner, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
