package fr.portailfamille.isolation;

import fr.portailfamille.launcher.Instance;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A town with an activity, an administrator, an agent without any menu, a run of its business application, and a key. */
final class SweptTown {

    static final String PASSWORD = "Mur-de-Pierre-2026";

    private static final long FIRST = 66_000_000_000_000L;
    private static final int FIRST_RUN = 7_000_000;

    private final Instance instance;
    private final String code = "mur-" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID lot = UUID.randomUUID();
    private final int id;
    private final String key;

    private SweptTown(Instance instance) throws SQLException {
        this.instance = instance;
        instance.api().openTown(code, "Ville du mur", administrator());
        key = instance.api().newKey(code, mark()).json().getString("key");
        try (Connection owner = instance.connectAsOwner();
                PreparedStatement find = owner.prepareStatement("select id from app.town where code = ?")) {
            find.setString(1, code);
            try (ResultSet row = find.executeQuery()) {
                row.next();
                id = row.getInt(1);
            }
        }
    }

    static SweptTown open(Instance instance) throws SQLException {
        SweptTown town = new SweptTown(instance);
        town.fill();
        return town;
    }

    private void fill() throws SQLException {
        write(
                "insert into facility (town_id, id, ref, name, kind) values (?, ?, 'E1', 'École Lux', 'SCHOOL')",
                schedule());
        write(
                "insert into activity (town_id, id, ref, name, kind, decision) values (?, ?, 'A1', 'Restauration', 'CANTEEN', 'AUTOMATIC')",
                schedule());
        write(
                "insert into schedule (town_id, id, ref, activity_id, facility_id, start_time, end_time, weekdays, valid_from,"
                        + " valid_to) values (?, ?, 'S1', ?, ?, '12:00', '13:30', '12345', '2026-01-01', '2036-12-31')",
                schedule(),
                schedule(),
                schedule());
        // Places that nothing takes, and on a day more taken than there are.
        write("insert into pool (town_id, id, ref, name, capacity) values (?, ?, 'P1', ?, 0)", schedule() + 1, mark());
        write(
                "insert into place_counter (town_id, counter_id, day, taken, capacity) values (?, ?, '2036-01-15', 1, 0)",
                schedule() + 1);
        write(
                "update agent a set password_hash = given.hash, state = 'ACTIVE', version = version + 1"
                        + " from (select ?::int as town, ?::text as hash) given where a.town_id = given.town",
                passwordHash());
        write(
                "insert into agent (town_id, email, email_key, password_hash, state, created_at) values (?, ?, ?, ?, 'ACTIVE', now())",
                agentWithoutMenu(),
                agentWithoutMenu(),
                passwordHash());
        write(
                "insert into lot (town_id, id, lot_id, flow, mode, sequence, universe, dry_run, state, manifest, reasons, zipped_size,"
                        + " unzipped_size, sha256, received_at) values (?, nextval('lot_seq'), ?, 'INDIVIDUALS', 'FULL', 1, ?, false,"
                        + " 'REFUSED', '{}', ?, 1, 1, '', '2026-11-02T07:44Z')",
                lot,
                mark(),
                "[{\"code\": \"MISSING_COLUMN\", \"file\": \"" + mark() + ".csv\"}]");
        write(
                "insert into processing_run (town_id, id, universe, type, lot_id, started_at, ended_at, progress, received, rejected,"
                        + " result) select l.town_id, l.town_id + " + FIRST_RUN
                        + ", l.universe, 'IMPORT_INDIVIDUALS', l.id,"
                        + " '2026-11-02T07:44Z', '2026-11-02T07:45Z', 100, 90, 1, 'DONE_WITH_REJECTS' from lot l where l.town_id = ?");
        write(
                "insert into outgoing_lot (town_id, sequence, lot_id, after_position, most, up_to, requests, produced_at)"
                        + " values (?, 1, ?, 0, 500, 1, 1, '2026-11-02T07:44Z')",
                lot);
        write("update processing_run set outgoing_sequence = 1 where town_id = ?");
        write(
                "update lot l set run_id = (select id from processing_run r where r.town_id = l.town_id) where town_id = ?");
        write(
                "insert into rejected_row (town_id, run_id, n, file, line, column_name, code, severity)"
                        + " select town_id, id, 1, universe || '.csv', 12, 'last_name', 'MISSING', 'REJECT' from processing_run where town_id = ?");
    }

    int id() {
        return id;
    }

    String code() {
        return code;
    }

    String key() {
        return key;
    }

    UUID lot() {
        return lot;
    }

    /** What only its own agents and its own business application see. */
    String mark() {
        return "Wqx" + code.replace("-", "");
    }

    String administrator() {
        return "mairie@" + code + ".invalid";
    }

    String agentWithoutMenu() {
        return "agent@" + code + ".invalid";
    }

    /** The one run of the town, with its lot. */
    long run() {
        return FIRST_RUN + id;
    }

    long schedule() {
        return FIRST + id;
    }

    String portal(String path) {
        return "/portail/" + code + "/" + path;
    }

    String backoffice(String path) {
        return "/backoffice/" + code + "/" + path;
    }

    /** The town comes first by itself. */
    void write(String statement, Object... values) throws SQLException {
        try (Connection owner = instance.connectAsOwner()) {
            owner.setSchema("app");
            try (PreparedStatement sql = owner.prepareStatement(statement)) {
                sql.setInt(1, id);
                for (int i = 0; i < values.length; i++) {
                    sql.setObject(i + 2, values[i]);
                }
                sql.executeUpdate();
            }
        }
    }

    /** A digest of its rows that bear the mark. */
    String rows() throws SQLException {
        try (Connection owner = instance.connectAsOwner();
                PreparedStatement rows = owner.prepareStatement("""
                        select (select string_agg(l::text, '|') from app.lot l where l.town_id = t.id)
                            || (select string_agg(r::text, '|') from app.processing_run r where r.town_id = t.id)
                            || (select string_agg(k.name || k.revoked_at, '|') from app.exchange_key k where k.town_id = t.id)
                            || t::text
                          from app.town t where t.id = ?""")) {
            rows.setInt(1, id);
            try (ResultSet row = rows.executeQuery()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }
    }

    /** As the application stores it: the algorithm, the rounds, the salt and the key. */
    static String passwordHash() {
        byte[] salt = new byte[16];
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 210_000, 256))
                    .getEncoded();
            Base64.Encoder text = Base64.getEncoder();
            return "PBKDF2WithHmacSHA512:210000:" + text.encodeToString(salt) + ":" + text.encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
