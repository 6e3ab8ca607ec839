package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server ends between the acts that give a city's first bookings their partition, and while its people are merged: they
 * come in all the same. What it had asked of the database when it died does not outlive it for long.
 */
@Tag("container")
@Tag("X4")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KilledCityIT {

    private static final Path FOLDER = Project.root().resolve("ear/target/killed-city");
    private static final Path FAILPOINT = FOLDER.resolve("failpoint");
    /** Each is three rows: enough to be merged while they are read. */
    private static final int FAMILIES = 600;

    /** So many that the database is told how to look them up. */
    private static final int MANY_FAMILIES = 5_000;

    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING");

    /** PostgreSQL looks every five seconds whether the asker is still there. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Ports ports = Ports.free();
    private Instance instance;

    @BeforeAll
    void starts() throws IOException {
        if (Files.exists(FOLDER)) {
            Instance.in(FOLDER).portsOfLastStart().build().discard();
        }
        instance = server();
        instance.start();
    }

    @AfterAll
    void stops() {
        instance.stop();
    }

    private Instance server() {
        return Instance.in(FOLDER)
                .ports(ports)
                .heap("512m")
                .testing()
                .environment("PORTAIL_FAILPOINT", FAILPOINT.toString())
                .build();
    }

    /** With a partition that is ready but not attached, and with all done but nothing committed. */
    @ParameterizedTest
    @ValueSource(strings = {ImportPlaces.BOOKINGS_ASIDE, ImportPlaces.BEFORE_COMMIT_OF_MERGE})
    void ends_with_all_bookings_in_their_partition_and_nothing_beside_it(String place) throws Exception {
        String town = "coupure-" + place;
        openTown(town);
        for (TestLot lot : City.lots(town)) {
            send(town, lot);
            awaitApplied(town, lot);
        }
        List<String> rows = City.bookings();
        TestLot bookings = TestLot.full(town, "bookings", 1).file("bookings.csv", rows.toArray(String[]::new));
        ProcessHandle server = instance.serverProcess().orElseThrow();
        Files.writeString(FAILPOINT, place + "/bookings:1");
        send(town, bookings);
        server.onExit().get(5, TimeUnit.MINUTES);
        assertThat(texts("select count(*) from app.booking b join app.town t on t.id = b.town_id where t.code = '"
                        + town + "'"))
                .as("what families see of it")
                .containsExactly("0");

        instance = server();
        instance.startServer();
        awaitApplied(town, bookings);
        String partition = texts("select 'app.booking_town_' || id from app.town where code = '" + town + "'")
                .get(0);
        assertThat(texts("select count(*) from " + partition))
                .containsExactly(Integer.toString(rows.size() - 1 - City.REJECTED - City.NOTHING));
        assertThat(
                        texts(
                                "select relname from pg_class where relkind = 'r' and relname like 'booking\\_aside\\_%'"
                                        + " union all select conname from pg_constraint where conname like 'booking\\_moving\\_%'"
                                        + " union all select relname from pg_class where relkind = 'r' and relname like 'lot\\_%\\_s0'"))
                .as("left behind")
                .isEmpty();
    }

    /** One thread checks and merges file by file, so the places that it comes to tell which it does. */
    @Test
    void the_first_people_are_merged_as_they_are_checked_and_later_ones_when_all_are() throws Exception {
        String town = "premiers-habitants";
        openTown(town);
        List<String> first = placesOf(town, City.families(town, 1, FAMILIES));
        List<String> later = placesOf(town, City.families(town, 2, FAMILIES - 1));

        String checked = ImportPlaces.MID_VALIDATION;
        String merged = ImportPlaces.MID_MERGE;
        assertThat(first).containsExactly(checked, merged, checked, merged, checked, merged);
        assertThat(later).containsExactly(checked, checked, checked, merged, merged, merged);
        assertThat(people(town)).isEqualTo(List.of(FAMILIES, FAMILIES - 1, FAMILIES - 1, FAMILIES - 1));
    }

    /**
     * After an attempt that was taken back, autovacuum finds pages and no rows while the next attempt fills them: foreign keys
     * were then checked by reading all people of the town for each membership, for minutes.
     *
     * @param rows as PostgreSQL notes them: 0 where it found none, -1 where it has not looked
     */
    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_table_that_does_not_count_as_filled_is_counted_by_the_lot_that_fills_it(int rows) throws Exception {
        String town = "table-vide" + rows;
        openTown(town);
        long before = countings();
        try (Connection administrator = instance.connectAsAdministrator();
                Statement statement = administrator.createStatement()) {
            statement.execute("update pg_class set reltuples = " + rows + ", relpages = greatest(relpages, 1)"
                    + " where oid in ('app.family'::regclass, 'app.individual'::regclass)");
        }
        TestLot lot = City.families(town, 1, MANY_FAMILIES);
        send(town, lot);
        awaitApplied(town, lot);

        await("both were counted when they were filled, and when all was there", () -> countings() == before + 4);
    }

    private long countings() throws SQLException {
        return Long.parseLong(texts("select sum(analyze_count) from pg_stat_all_tables"
                        + " where relid in ('app.family'::regclass, 'app.individual'::regclass)")
                .get(0));
    }

    /** Where a lot of many comes by: checks and merges in the order in which it does. */
    private List<String> placesOf(String town, TestLot lot) throws IOException {
        Path passes = FAILPOINT.resolveSibling(FAILPOINT.getFileName() + ".passes");
        Files.writeString(passes, "");
        send(town, lot);
        awaitApplied(town, lot);
        List<String> places = Files.readAllLines(passes);
        Files.delete(passes);
        return places.stream()
                .map(place -> place.replace("/individuals", ""))
                .filter(place -> place.equals(ImportPlaces.MID_VALIDATION) || place.equals(ImportPlaces.MID_MERGE))
                .toList();
    }

    /** Individuals, those of them that stand, families and memberships that stand. */
    private List<Integer> people(String town) throws SQLException {
        String of = " t join app.town o on o.id = t.town_id where o.code = '" + town + "'";
        String standing = of + " and t.archived_at is null";
        return texts("select count(*) from app.individual" + of + " union all select count(*) from app.individual"
                        + standing + " union all select count(*) from app.family" + standing
                        + " union all select count(*) from app.membership" + standing)
                .stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** The other places of a city's lots: {@code chaos import N SEED city}. */
    @Test
    void people_that_were_merged_while_they_were_read_are_there_once_or_not_at_all() throws Exception {
        String town = "habitants";
        openTown(town);
        ProcessHandle server = instance.serverProcess().orElseThrow();
        Files.writeString(FAILPOINT, ImportPlaces.MID_MERGE + "/individuals:2");
        TestLot lot = City.families(town, 1, FAMILIES);
        send(town, lot);
        server.onExit().get(5, TimeUnit.MINUTES);
        assertThat(people(town)).as("what families see of it").isEqualTo(List.of(0, 0, 0, 0));

        instance = server();
        instance.startServer();
        awaitApplied(town, lot);
        assertThat(people(town)).isEqualTo(List.of(FAMILIES, FAMILIES, FAMILIES, FAMILIES));
    }

    /** As a merge that takes minutes: here the statement waits for a lock for as long as the test wants it to. */
    @Test
    void what_a_dead_server_had_asked_for_is_given_up_and_keeps_no_other_from_starting() throws Exception {
        String town = "coupure-attente";
        openTown(town);
        TestLot lot = City.lots(town).get(0);
        try (Connection other = instance.connectAsOwner();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table app.facility in share mode");
            send(town, lot);
            await("the merge waits for the table", () -> waiting() == 1);
            instance.killServer();
            await("the dead server's statement is given up", () -> waiting() == 0);

            instance = server();
            instance.startServer();
            await("the next attempt has come as far", () -> waiting() == 1);
            other.rollback();
        }
        awaitApplied(town, lot);
    }

    private void openTown(String town) {
        PortalApi.Answer opened = instance.api().openTown(town, town, "agent@" + town + ".example");
        assertThat(opened.ok()).as(opened.body()).isTrue();
    }

    /** Statements of the portal that wait for a lock. */
    private long waiting() throws SQLException {
        try (Connection administrator = instance.connectAsAdministrator();
                Statement statement = administrator.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where application_name = 'portail' and wait_event_type = 'Lock'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private interface Condition {
        boolean met() throws SQLException;
    }

    private static void await(String what, Condition condition) throws SQLException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.met()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Waiting.aMoment();
        }
    }

    private void send(String town, TestLot lot) throws IOException {
        Path zip = Files.createTempFile(FOLDER, "lot", ".zip");
        Files.write(zip, lot.zip());
        PortalApi.Answer answer = instance.api().sendLot(town, zip, false);
        Files.delete(zip);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private void awaitApplied(String town, TestLot lot) {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        String path = "/exchange/v1/" + town + "/lots/" + lot.id();
        PortalApi.Answer answer = instance.api().get(town, path);
        while (UNDER_WAY.contains(answer.json().getString("state", "")) && System.nanoTime() < end) {
            Waiting.aMoment();
            answer = instance.api().get(town, path);
        }
        assertThat(answer.json().getString("state", "")).as(answer.body()).isEqualTo("APPLIED");
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection owner = instance.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
