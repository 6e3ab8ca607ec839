package fr.portailfamille.isolation;

import fr.portailfamille.launcher.Instance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A family with everything that a family can have. All its ids begin with the same digits and all its names hold the same
 * syllables, so that a page or a row that is about it is known as such, in tables and pages that do not exist yet, too.
 */
final class SweptFamily {

    /** A day on which it has a booking. */
    static final LocalDate DAY = LocalDate.of(2027, 1, 12);

    private static final long FIRST = 77_000_000_000_000L;
    private static final String TOKEN = "jeton-de-famille-";

    private final Instance instance;
    private final SweptTown town;
    private final String mark;
    private final long base;
    private final String ref;

    private SweptFamily(Instance instance, SweptTown town, int number) {
        this.instance = instance;
        this.town = town;
        this.base = FIRST + (town.id() * 10L + number) * 1_000;
        this.mark = "Qvz" + town.id() + "x" + number;
        this.ref = "2026-" + "%010d".formatted(base / 1_000 % 10_000_000_000L);
    }

    /** @param number tells families of one town apart, 0 to 9 */
    static SweptFamily in(Instance instance, SweptTown town, int number) throws SQLException {
        SweptFamily family = new SweptFamily(instance, town, number);
        family.write();
        return family;
    }

    String email() {
        return mark.toLowerCase(Locale.ROOT) + "@famille.invalid";
    }

    /** Whether a text has one of its names, which no sweep ever sends: what comes back is no echo. */
    boolean isIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains(mark.toLowerCase(Locale.ROOT));
    }

    /** By the names under which pages ask for them: what a guest would have to guess or find out. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        values.put("ref", ref);
        values.put("enfant", Long.toString(child()));
        values.put("famille", Long.toString(id("family")));
        values.put("citoyen", Long.toString(account()));
        values.put("metier", Long.toString(id("business")));
        values.put("jour", DAY.toString());
        values.put("cells", child() + "_" + town.schedule() + "_" + DAY);
        values.put("jeton", TOKEN + base / 1_000);
        values.put("traitement", Long.toString(town.run()));
        values.put("code", code());
        values.put("retour", "mon-espace/mes-demandes/demande?ref=" + ref);
        return values;
    }

    /** Its code abonné. */
    private String code() {
        return "BL-" + base / 1_000;
    }

    long account() {
        return id("account");
    }

    long child() {
        return id("child");
    }

    private long id(String of) {
        return base
                + List.of("account", "family", "business", "child", "parent", "request", "other")
                        .indexOf(of);
    }

    /** A digest of everything in the database that is about the family. */
    String rows() throws SQLException {
        StringBuilder digest = new StringBuilder();
        try (Connection owner = instance.connectAsOwner()) {
            for (String table : tables(owner)) {
                try (PreparedStatement rows =
                        owner.prepareStatement("select count(*), md5(string_agg(r, '|' order by r))"
                                + " from (select t::text as r from app." + table
                                + " t where t.town_id = ?) rows where r like ? or r ilike ?")) {
                    rows.setInt(1, town.id());
                    rows.setString(2, "%" + base / 1_000 + "%");
                    rows.setString(3, "%" + mark + "%");
                    try (ResultSet row = rows.executeQuery()) {
                        row.next();
                        if (row.getInt(1) > 0) {
                            digest.append(table)
                                    .append(' ')
                                    .append(row.getInt(1))
                                    .append(' ');
                            digest.append(row.getString(2)).append('\n');
                        }
                    }
                }
            }
        }
        return digest.toString();
    }

    private static List<String> tables(Connection owner) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement find = owner.prepareStatement("""
                        select c.relname from pg_class c
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'town_id'
                         where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                         order by c.relname""");
                ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private void write() throws SQLException {
        town.write("insert into family (town_id, id, ref, name) values (?, ?, ?, ?)", id("family"), mark + "-F", mark);
        town.write(
                "insert into business_account (town_id, id, ref, family_id, universe, account_code, name, email, search_name)"
                        + " values (?, ?, ?, ?, 'Enfance', ?, ?, ?, app.search_text(?))",
                id("business"),
                mark + "-F",
                id("family"),
                code(),
                mark,
                email(),
                mark);
        person("child", "CHILD", null);
        person("parent", "GUARDIAN", email());
        town.write(
                "insert into registration (town_id, id, ref, individual_id, family_id, schedule_id, start_day, end_day, status)"
                        + " values (?, ?, ?, ?, ?, ?, '2026-01-01', '2036-12-31', 'ACTIVE')",
                id("other"),
                mark + "-R",
                child(),
                id("family"),
                town.schedule());
        citizen();
        booked();
    }

    private void person(String who, String role, String email) throws SQLException {
        town.write(
                "insert into individual (town_id, id, ref, last_name, first_name, search_name, birth_date, email)"
                        + " values (?, ?, ?, ?, ?, app.search_text(?), '2018-05-04', ?)",
                id(who),
                mark + "-" + who,
                mark,
                mark + "-" + role.toLowerCase(Locale.ROOT),
                mark,
                email);
        town.write(
                "insert into membership (town_id, id, family_id, individual_id, role) values (?, ?, ?, ?, ?)",
                id(who),
                id("family"),
                id(who),
                role);
    }

    private void citizen() throws SQLException {
        town.write(
                "insert into citizen_account (town_id, id, email, email_key, password_hash, civility, last_name, first_name,"
                        + " search_name, state, created_at, activated_at) values (?, ?, ?, ?, ?, 'MME', ?, 'Inès',"
                        + " app.search_text(?), 'ACTIVE', '2026-01-01', '2026-01-01')",
                account(),
                email(),
                email(),
                SweptTown.passwordHash(),
                mark,
                mark);
        town.write(
                "insert into subscription (town_id, id, account_id, business_account_id, proof, created_at)"
                        + " values (?, ?, ?, ?, 'AGENT', '2026-01-01')",
                id("other"),
                account(),
                id("business"));
        town.write(
                "insert into one_time_link (town_id, purpose, subject_id, token_hash, created_at, expires_at)"
                        + " values (?, 'ACCOUNT_PASSWORD', ?, ?, now(), now() + interval '1 day')",
                account(),
                sha256(TOKEN + base / 1_000));
    }

    private void booked() throws SQLException {
        town.write(
                "insert into request (town_id, id, ref, account_id, family_id, kind, type, operation, origin, state, line_count,"
                        + " decided_count, submitted_at, submission_key) values (?, ?, ?, ?, ?, 'BOOKING', 'BOOKING', 'NEW',"
                        + " 'FAMILY', 'ACCEPTED', 1, 1, '2026-11-02T08:00Z', ?)",
                id("request"),
                ref,
                account(),
                id("family"),
                UUID.randomUUID());
        town.write(
                "insert into request_line (town_id, request_id, line, action, individual_id, schedule_id, day, state)"
                        + " values (?, ?, 1, 'BOOK', ?, ?, ?, 'ACCEPTED')",
                id("request"),
                child(),
                town.schedule(),
                DAY);
        town.write(
                "insert into request_event (town_id, id, request_id, kind, at) values (?, ?, ?, 'SUBMITTED', '2026-11-02T08:00Z')",
                id("request"),
                id("request"));
        town.write(
                "insert into place_counter (town_id, counter_id, day, taken) values (?, ?, ?, 1)"
                        + " on conflict (town_id, counter_id, day) do update set taken = place_counter.taken + 1",
                town.schedule(),
                DAY);
        town.write(
                "insert into booking (town_id, individual_id, schedule_id, day, state, family_id, request_id, request_line, changed_at)"
                        + " values (?, ?, ?, ?, 'BOOKED', ?, ?, 1, '2026-11-02T08:00Z')",
                child(),
                town.schedule(),
                DAY,
                id("family"),
                id("request"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
