package fr.portailfamille.backoffice;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.exchange.TestLot;
import fr.portailfamille.launcher.Instance;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A town with what its agents look at: 60 citizen accounts, 30 families of three, requests, and runs with rejects. */
final class BackofficeTown {

    static final String PASSWORD = "Tramway7Bleu";
    /** Ids of fixtures lie beyond those that sequences hand out. */
    static final int FIRST_ACCOUNT = 1_000_000;

    private static final int ACCOUNTS = 60;
    private static final int FAMILIES = 30;

    private final Instance instance = TestInstance.get();
    private final String code = "agents-" + UUID.randomUUID().toString().substring(0, 8);
    private final int id;

    private BackofficeTown() throws SQLException {
        String answer =
                instance.api().openTown(code, "Ville des agents", admin()).body();
        Number found = (Number) value("select id from app.town where code = ?", code);
        if (found == null) {
            throw new IllegalStateException("The town was not opened: " + answer);
        }
        id = found.intValue();
    }

    /** Opened by the operator; its administrator has a mail and no password. */
    static BackofficeTown opened() throws SQLException {
        return new BackofficeTown();
    }

    /** The administrator has a password, and there is something to look at. */
    static BackofficeTown peopled() throws SQLException {
        BackofficeTown town = new BackofficeTown();
        town.setPassword(town.admin());
        town.people();
        return town;
    }

    String code() {
        return code;
    }

    int id() {
        return id;
    }

    String admin() {
        return "mairie@" + code + ".example";
    }

    String url(String page) {
        return "/backoffice/" + code + "/" + page;
    }

    String portalUrl(String page) {
        return "/portail/" + code + "/" + page;
    }

    /** The link of the nth e-mail to that address. */
    String link(String address, int nth) {
        String text = instance.mails()
                .await(address, nth, Duration.ofMinutes(3))
                .get(nth - 1)
                .text();
        return Pattern.compile("https?://\\S+jeton=[A-Za-z0-9_-]+")
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    /** A new exchange key. */
    String key() {
        return instance.api().newKey(code, "Enfance").json().getString("key");
    }

    /** Sends a lot with a new exchange key; the status of the answer. */
    int send(Page page, TestLot lot) {
        return page.context()
                .request()
                .post(
                        "/exchange/v1/" + code + "/lots",
                        RequestOptions.create()
                                .setHeader("Authorization", "Bearer " + key())
                                .setHeader("Content-Type", "application/zip")
                                .setData(lot.zip()))
                .status();
    }

    /** An agent whose one profile opens these menus only. */
    String agentWith(String... menus) throws SQLException {
        String email = "agent-" + UUID.randomUUID().toString().substring(0, 6) + "@" + code + ".example";
        update(
                "insert into app.agent (town_id, email, email_key, state, created_at) values (?, ?, ?, 'INVITED', now())",
                id,
                email,
                email);
        update("insert into app.profile (town_id, name) values (?, ?)", id, email);
        for (String menu : menus) {
            update(
                    "insert into app.profile_menu (town_id, profile_id, menu)"
                            + " select town_id, id, ? from app.profile where town_id = ? and name = ?",
                    menu,
                    id,
                    email);
        }
        update(
                "insert into app.agent_profile (town_id, agent_id, profile_id)"
                        + " select a.town_id, a.id, p.id from app.agent a join app.profile p on p.town_id = a.town_id and p.name = a.email"
                        + " where a.town_id = ? and a.email = ?",
                id,
                email);
        setPassword(email);
        return email;
    }

    void setPassword(String email) throws SQLException {
        update(
                "update app.agent set password_hash = ?, state = 'ACTIVE', version = version + 1 where town_id = ? and email = ?",
                hash(),
                id,
                email);
    }

    /** A citizen account of this town with the same password as the agents'. */
    String citizen() throws SQLException {
        String email = "parent@" + code + ".example";
        update(
                "insert into app.citizen_account (town_id, id, email, email_key, password_hash, civility, last_name, first_name,"
                        + " search_name, state, created_at, activated_at)"
                        + " values (?, 2000000, ?, ?, ?, 'MME', 'PARENT', 'Inès', '', 'ACTIVE', now(), now())",
                id,
                email,
                email,
                hash());
        return email;
    }

    private void people() throws SQLException {
        numbersOfItsOwn();
        update(
                "insert into app.citizen_account (town_id, id, email, email_key, password_hash, civility, last_name, first_name,"
                        + " search_name, state, created_at, activated_at, partner_organisation)"
                        + " select ?, 1000000 + n, format('parent%s@famille.example', n), format('parent%s@famille.example', n), 'x',"
                        + " case when n % 2 = 0 then 'M' else 'MME' end, 'NOM' || lpad(n::text, 2, '0'),"
                        + " case when n = 7 then 'Zoé' else 'Prénom' || n end, '',"
                        + " case when n % 10 = 0 then 'PENDING' else 'ACTIVE' end, '2026-09-01Z', case when n % 10 = 0 then null else timestamptz '2026-09-02Z' end,"
                        + " n = 3 from generate_series(1, " + ACCOUNTS + ") n",
                id);
        update(
                "insert into app.processing_run (town_id, id, universe, type, started_at, ended_at, progress, received, created,"
                        + " rejected, result) values"
                        + " (?, 1, 'Enfance', 'IMPORT_INDIVIDUALS', '2026-11-02T07:44:00Z', '2026-11-02T07:44:02Z', 100, 90, 88, 2, 'DONE_WITH_REJECTS'),"
                        + " (?, 2, 'Enfance', 'IMPORT_BOOKINGS', '2026-11-03T07:44:00Z', '2026-11-03T07:45:10Z', 100, 12345, 12345, 0, 'DONE')",
                id,
                id);
        update(
                "insert into app.processing_file (town_id, run_id, file, received, created, rejected) values"
                        + " (?, 1, 'individuals.csv', 90, 88, 2)",
                id);
        update(
                "insert into app.rejected_row (town_id, run_id, n, file, line, column_name, code, severity) values"
                        + " (?, 1, 1, 'individuals.csv', 12, 'last_name', 'MISSING', 'REJECT'),"
                        + " (?, 1, 2, 'individuals.csv', 40, 'birth_date', 'BAD_DATE', 'REJECT')",
                id,
                id);
        update(
                "insert into app.family (town_id, id, ref, name, created_run) select ?, n, 'F' || n, 'FAMILLE' || lpad(n::text, 2, '0'), 1"
                        + " from generate_series(1, " + FAMILIES + ") n",
                id);
        update(
                "insert into app.business_account (town_id, id, ref, family_id, universe, issuer, account_code, name, email, search_name)"
                        + " select ?, n, 'F' || n, n, 'Enfance', 'Service enfance', 'BL-' || lpad(n::text, 10, '0'), 'FAMILLE' || lpad(n::text, 2, '0'),"
                        + " format('parent%s@famille.example', n), app.search_text('FAMILLE' || lpad(n::text, 2, '0'))"
                        + " from generate_series(1, " + FAMILIES + ") n",
                id);
        update(
                "insert into app.individual (town_id, id, ref, last_name, first_name, search_name, created_run)"
                        + " select ?, f * 10 + k, 'P' || (f * 10 + k), 'FAMILLE' || lpad(f::text, 2, '0'), (array['Maël', 'Lucile', 'Mathieu'])[k],"
                        + " app.search_text('FAMILLE' || lpad(f::text, 2, '0') || ' ' || (array['Maël', 'Lucile', 'Mathieu'])[k]), 1"
                        + " from generate_series(1, " + FAMILIES + ") f, generate_series(1, 3) k",
                id);
        update(
                "insert into app.membership (town_id, id, family_id, individual_id, role)"
                        + " select ?, f * 10 + k, f, f * 10 + k, (array['CHILD', 'GUARDIAN', 'PARTNER'])[k]"
                        + " from generate_series(1, " + FAMILIES + ") f, generate_series(1, 3) k",
                id);
        update(
                "insert into app.subscription (town_id, id, account_id, business_account_id, proof, created_at)"
                        + " select ?, n, 1000000 + n, n, 'KNOWN_EMAIL', '2026-09-03Z' from generate_series(1, 20) n",
                id);
        requests();
    }

    /** What the portal writes in this town must not draw the small numbers that are written here. */
    private void numbersOfItsOwn() throws SQLException {
        update("""
                do $$
                declare
                    each record;
                begin
                    for each in select sequencename as name from pg_sequences where schemaname = 'app' loop
                        execute format('select setval(%L, greatest(last_value, 1000)) from app.%I', 'app.' || each.name, each.name);
                    end loop;
                end $$""");
    }

    private void requests() throws SQLException {
        update(
                "insert into app.facility (town_id, id, ref, name, kind) values (?, 1, 'E1', 'École des Tilleuls', 'SCHOOL')",
                id);
        update(
                "insert into app.activity (town_id, id, ref, name, kind, decision) values (?, 1, 'A1', '2/Repas Écoles', 'CANTEEN', 'BUSINESS')",
                id);
        update(
                "insert into app.schedule (town_id, id, ref, activity_id, facility_id, start_time, end_time, valid_from, valid_to)"
                        + " values (?, 1, 'S1', 1, 1, '12:00', '13:30', '2026-09-01', '2027-07-05')",
                id);
        update(
                "insert into app.request (town_id, id, ref, account_id, family_id, kind, type, operation, origin, state, line_count,"
                        + " decided_count, submitted_at, submission_key)"
                        + " select ?, n, '2026-' || translate(lpad(n::text, 10, '0'), '0', 'A'), 1000000 + n, n, 'BOOKING',"
                        + " case when n % 2 = 0 then 'ABSENCE' else 'BOOKING' end, 'NEW', 'FAMILY',"
                        + " case when n % 3 = 0 then 'ACCEPTED' else 'IN_PROGRESS' end, 1, case when n % 3 = 0 then 1 else 0 end,"
                        + " timestamptz '2026-10-01T08:00Z' + n * interval '1 hour', gen_random_uuid() from generate_series(1, 30) n",
                id);
        update(
                "insert into app.request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                        + " select ?, n, 1, case when n % 2 = 0 then 'CANCEL' else 'BOOK' end, n * 10 + 1, 1, date '2026-11-01' + n,"
                        + " case when n % 3 = 0 then 'ACCEPTED' else 'TRANSMITTED' end from generate_series(1, 30) n",
                id);
        update(
                "insert into app.request_event (town_id, id, request_id, line, kind, at)"
                        + " select ?, n, n, null, 'SUBMITTED', timestamptz '2026-10-01T08:00Z' + n * interval '1 hour' from generate_series(1, 30) n",
                id);
    }

    Object value(String query, Object... values) throws SQLException {
        try (Connection connection = instance.connectAsOwner();
                PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getObject(1) : null;
            }
        }
    }

    void update(String sql, Object... values) throws SQLException {
        try (Connection connection = instance.connectAsOwner()) {
            connection.setSchema("app");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                statement.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** As the application stores it: the algorithm, the rounds, the salt and the key. */
    private static String hash() {
        byte[] salt = new byte[16];
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 210_000, 256))
                    .getEncoded();
            Base64.Encoder text = Base64.getEncoder();
            return "PBKDF2WithHmacSHA512:210000:" + text.encodeToString(salt) + ":" + text.encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
