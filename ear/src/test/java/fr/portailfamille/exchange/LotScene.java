package fr.portailfamille.exchange;

import fr.portailfamille.container.TestCaller;
import fr.portailfamille.container.TestTowns;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** A town of its own with two agents and an exchange key, from within the container: lots are sent and decided on. */
final class LotScene {

    static final String MENU = "MENU_ETAT_DES_TRAITEMENTS";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final DataSource owner;
    private final int town;
    private final String code;
    private final long key;

    private LotScene(DataSource owner) throws Exception {
        this.owner = owner;
        town = TestTowns.open();
        code = text("select code from app.town where id = ?", town);
        agent(1, "Claire", "MARTIN");
        agent(2, "Paul", "DURAND");
        key = number(
                "insert into app.exchange_key (town_id, name, hash, created_at) values (?, 'Enfance', ?, now()) returning id",
                town,
                UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static LotScene open(DataSource owner) throws Exception {
        return new LotScene(owner);
    }

    int town() {
        return town;
    }

    String code() {
        return code;
    }

    TestCaller claire() {
        return TestCaller.agent(town, 1, MENU);
    }

    TestCaller paul() {
        return TestCaller.agent(town, 2, MENU);
    }

    TestCaller enfance() {
        return TestCaller.exchange(town, key);
    }

    /** So many people, in a full lot. */
    TestLot people(long sequence, int people) {
        return TestLot.full(code, "individuals", sequence).file("individuals.csv", rows(people));
    }

    TestLot renamed(long sequence, String firstName) {
        return TestLot.delta(code, "individuals", sequence)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUSSEL," + firstName);
    }

    static String[] rows(int people) {
        String[] lines = new String[people + 1];
        lines[0] = "individual_ref,last_name,first_name";
        for (int i = 1; i <= people; i++) {
            lines[i] = "I%d,ROUSSEL,Éloïse".formatted(i);
        }
        return lines;
    }

    Receipt send(TestLot lot) throws Exception {
        return send(enfance(), lot, false);
    }

    Receipt send(TestCaller sender, TestLot lot, boolean dryRun) throws Exception {
        Path file = Files.createTempFile("scene", ".zip");
        try {
            Files.write(file, lot.zip());
            LotReception reception = CDI.current().select(LotReception.class).get();
            return sender.call(() -> reception.receive(file, dryRun));
        } finally {
            Files.delete(file);
        }
    }

    /** Sends, and waits for that state. */
    void send(TestLot lot, String state) throws Exception {
        send(lot);
        await(lot, state);
    }

    void await(TestLot lot, String state) throws SQLException {
        await(lot.id(), state, 0);
    }

    /** Waits until the lot is in that state after a later run than that one. */
    void await(TestLot lot, String state, long after) throws SQLException {
        await(lot.id(), state, after);
    }

    void await(UUID lot, String state, long after) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String now = state(lot);
        while (!state.equals(now) || after > 0 && run(lot) == after) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + state + ", is " + now);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            now = state(lot);
        }
    }

    /** The town's lease, as soon as the job that ended has given it back: nobody else applies lots until it is closed. */
    TownLeases.Lease lease() {
        TownLeases leases = CDI.current().select(TownLeases.class).get();
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<TownLeases.Lease> lease = leases.acquire(town);
        while (lease.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The lease of town " + town + " is not free");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            lease = leases.acquire(town);
        }
        return lease.get();
    }

    String state(TestLot lot) throws SQLException {
        return state(lot.id());
    }

    String state(UUID lot) throws SQLException {
        return text("select state from app.lot where town_id = ? and lot_id = ? order by id desc limit 1", town, lot);
    }

    long id(TestLot lot) throws SQLException {
        return number(
                "select id from app.lot where town_id = ? and lot_id = ? order by id desc limit 1", town, lot.id());
    }

    long run(TestLot lot) throws SQLException {
        return run(lot.id());
    }

    /** The latest run of the lot; 0 before the first. */
    long run(UUID lot) throws SQLException {
        return number(
                "select coalesce(run_id, 0) from app.lot where town_id = ? and lot_id = ? order by id desc limit 1",
                town,
                lot);
    }

    /** How the runs of a lot ended, in their order. */
    String results(TestLot lot) throws SQLException {
        return text(
                "select string_agg(result, ', ' order by r.id) from app.processing_run r where town_id = ? and r.lot_id = ?",
                town,
                id(lot));
    }

    long standing() throws SQLException {
        return number("select count(*) from app.individual where town_id = ? and archived_at is null", town);
    }

    String firstName() throws SQLException {
        return text("select first_name from app.individual where town_id = ? and ref = 'I1'", town);
    }

    private void agent(long id, String firstName, String lastName) throws SQLException {
        update(
                "insert into app.agent (town_id, id, email, email_key, first_name, last_name, state, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, 'INVITED', now())",
                town,
                id,
                firstName + "@essai.example",
                firstName + "@essai.example",
                firstName,
                lastName);
    }

    void update(String sql, Object... values) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        }
    }

    long number(String query, Object... values) throws SQLException {
        return Long.parseLong(text(query, values));
    }

    String text(String query, Object... values) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
