package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.chaos.LiveTables;
import fr.portailfamille.launcher.lot.LotSeries;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Who applies lots, and in which order, where many towns send at once and two servers share one database. On an instance
 * of its own, because one of its servers is killed.
 */
@Tag("container")
@Tag("X7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ShareOfLotsIT {

    private static final Path FOLDER = Project.root().resolve("ear/target/share-of-lots");
    private static final Path LOTS = FOLDER.resolve("lots");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofMinutes(1);
    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING");

    private static final int VILLAGES = 4;
    private static final int TOWNS_AT_ONCE = 50;

    private final Ports ports = Ports.free();
    private final Path failpoint = FOLDER.resolve("failpoint");
    private Instance first;
    private Instance second;

    @BeforeAll
    void starts() throws Exception {
        if (Files.exists(FOLDER)) {
            Instance.in(FOLDER).portsOfLastStart().build().discard();
        }
        first = server(1);
        first.start();
    }

    /** @param atOnce lots that a server takes on at once */
    private Instance server(int atOnce) {
        return Instance.in(FOLDER)
                .ports(ports)
                .heap("512m")
                .testing()
                .environment("PORTAIL_LOTS_AT_ONCE", Integer.toString(atOnce))
                .build();
    }

    @AfterAll
    void stops() {
        if (second != null) {
            second.stopServer();
        }
        if (first != null) {
            first.stop();
        }
    }

    @Test
    @Order(1)
    void towns_take_turns_lot_by_lot() throws Exception {
        Path city = city("ville-de-nuit", 1);
        send(first, "ville-de-nuit", city);
        Map<String, List<Lot>> villages = villages("tour-");
        for (Map.Entry<String, List<Lot>> village : villages.entrySet()) {
            for (Lot lot : village.getValue()) {
                send(first, village.getKey(), lot.path());
            }
        }
        for (Map.Entry<String, List<Lot>> village : villages.entrySet()) {
            village.getValue().forEach(lot -> awaitApplied(first, village.getKey(), lot));
        }
        List<String> order = order("tour-%");
        assertThat(order).hasSize(VILLAGES * 4);
        for (int round = 0; round < 4; round++) {
            assertThat(order.subList(round * VILLAGES, (round + 1) * VILLAGES))
                    .as("turn %d of %s", round + 1, order)
                    .containsExactlyInAnyOrderElementsOf(villages.keySet());
        }
    }

    /** One lot at a time, so that turns have one order; the city's first large lot holds the only one until all have sent. */
    @Test
    @Order(2)
    void fifty_towns_at_once_and_no_village_waits_for_more_than_one_lot_of_the_city() throws Exception {
        String city = "cinquante-metropole";
        Map<String, Path> villages = new LinkedHashMap<>();
        for (int i = 1; i < TOWNS_AT_ONCE; i++) {
            String village = "cinquante-village-" + i;
            openTown(first, village);
            villages.put(village, CityAndVillages.village(LOTS, village));
        }
        List<Path> large = List.of(city(city, 1), city(city, 2), city(city, 3));
        try (Connection door = first.connectAsOwner();
                Statement statement = door.createStatement()) {
            door.setAutoCommit(false);
            statement.execute("lock table app.closure in exclusive mode");
            for (Path lot : large) {
                send(first, city, lot);
            }
            await(
                    "the city's first lot is about to be merged",
                    "select count(*) from pg_locks where relation = 'app.closure'::regclass and mode = 'RowExclusiveLock' and not granted",
                    PATIENCE);
            ExecutorService atOnce = Executors.newCachedThreadPool();
            try {
                List<Future<?>> sent = new ArrayList<>();
                villages.forEach((village, lot) -> sent.add(atOnce.submit(() -> send(first, village, lot))));
                for (Future<?> each : sent) {
                    each.get(2, TimeUnit.MINUTES);
                }
            } finally {
                atOnce.shutdownNow();
            }
            assertThat(order("cinquante-%")).as("begun before all have sent").containsExactly(city);
        }
        villages.keySet()
                .forEach(village -> assertThat(awaitState(first, village, CityAndVillages.id(village, 1)))
                        .as(village)
                        .isEqualTo("APPLIED"));
        for (int sequence = 1; sequence <= large.size(); sequence++) {
            assertThat(awaitState(first, city, CityAndVillages.id(city, sequence)))
                    .as("lot %d of the city", sequence)
                    .isEqualTo("APPLIED");
        }

        List<String> order = order("cinquante-%");
        assertThat(order).hasSize(TOWNS_AT_ONCE - 1 + large.size());
        assertThat(order.subList(2, TOWNS_AT_ONCE + 1))
                .as("between the city's lot that waited already and its next one: %s", order)
                .containsExactlyInAnyOrderElementsOf(villages.keySet());
        assertThat(List.of(order.get(0), order.get(1), order.get(order.size() - 1)))
                .containsOnly(city);
    }

    @Test
    @Order(3)
    void a_city_does_not_keep_villages_waiting() throws Exception {
        first.stopServer();
        first = server(2);
        first.startServer();
        List<String> cities = List.of("ville-de-nuit", "ville-d-apres");
        for (String city : cities) {
            send(first, city, city(city, 2));
        }
        Map<String, List<Lot>> villages = villages("village-");
        for (Map.Entry<String, List<Lot>> village : villages.entrySet()) {
            for (Lot lot : village.getValue()) {
                send(first, village.getKey(), lot.path());
            }
        }
        for (Map.Entry<String, List<Lot>> village : villages.entrySet()) {
            village.getValue().forEach(lot -> awaitApplied(first, village.getKey(), lot));
        }
        cities.forEach(city -> assertThat(awaitState(first, city, CityAndVillages.id(city, 2)))
                .as(city)
                .isEqualTo("APPLIED"));
        assertThat(count("select (" + city("ville-d-apres", "started_at") + " >= " + city("ville-de-nuit", "ended_at")
                        + ")::int"))
                .as("the second city waits for the first")
                .isOne();
        assertThat(count("select ((select count(*) from app.processing_run r join app.town t on t.id = r.town_id"
                        + " where t.code like 'village-%' and r.ended_at < " + city("ville-de-nuit", "ended_at")
                        + ") > 0)::int"))
                .as("villages do not")
                .isOne();
    }

    @Test
    @Order(4)
    void a_dead_servers_run_is_taken_over_within_a_minute_by_one_that_runs_already() throws Exception {
        String witness = "noeuds-temoin";
        List<Lot> peaceful = open(witness);
        for (Lot lot : peaceful) {
            send(first, witness, lot.path());
        }
        peaceful.forEach(lot -> awaitApplied(first, witness, lot));

        second = Instance.in(FOLDER)
                .ports(ports.withServerOf(Ports.free()))
                .node("second")
                .heap("512m")
                .testing()
                .environment("PORTAIL_FAILPOINT", failpoint.toString())
                .build();
        first.stopServer();
        second.startServer();
        String town = "noeuds";
        List<Lot> lots = open(town, second);
        Files.writeString(failpoint, "mid-merge/individuals:5");
        ProcessHandle dying = second.serverProcess().orElseThrow();
        try (Connection door = first.connectAsOwner();
                Statement statement = door.createStatement()) {
            // Whoever reads passes; the merge of people waits until the other server runs too, with nothing to take up.
            door.setAutoCommit(false);
            statement.execute("lock table app.individual in exclusive mode");
            for (Lot lot : lots) {
                send(second, town, lot.path());
            }
            await(
                    "people are about to be merged",
                    "select count(*) from pg_locks where relation = 'app.individual'::regclass and not granted",
                    PATIENCE);
            first.startServer();
        }
        // The second server dies with half of the people merged.
        assertThat(dying.onExit().get(2, TimeUnit.MINUTES).isAlive()).isFalse();
        await(
                "the other has taken over",
                "select count(*) from app.processing_run r join app.town t on t.id = r.town_id"
                        + " where t.code = 'noeuds' and r.attempt = 2",
                TAKEN_OVER_WITHIN);
        lots.forEach(lot -> awaitApplied(first, town, lot));
        assertThat(tables(town)).isEqualTo(tables(witness));
        assertThat(count("select max(attempt) from app.processing_run r join app.town t on t.id = r.town_id"
                        + " where t.code = 'noeuds'"))
                .isEqualTo(2);
    }

    @Test
    @Order(5)
    void two_servers_share_the_towns_and_apply_each_lot_once() throws Exception {
        second.startServer();
        Map<String, List<Lot>> towns = villages("partage-");
        int turn = 0;
        for (int i = 0; i < 4; i++) {
            for (Map.Entry<String, List<Lot>> town : towns.entrySet()) {
                send(
                        turn++ % 2 == 0 ? first : second,
                        town.getKey(),
                        town.getValue().get(i).path());
            }
        }
        for (Map.Entry<String, List<Lot>> town : towns.entrySet()) {
            town.getValue().forEach(lot -> awaitApplied(first, town.getKey(), lot));
            assertThat(tables(town.getKey())).as(town.getKey()).isEqualTo(tables("noeuds-temoin"));
        }
        assertThat(count("select count(*) from app.processing_run r join app.town t on t.id = r.town_id"
                        + " where t.code like 'partage-%' and r.attempt > 1"))
                .as("runs that both servers took on")
                .isZero();
    }

    // ---- towns and lots ------------------------------------------------------------------------------------------

    private Map<String, List<Lot>> villages(String prefix) throws Exception {
        Map<String, List<Lot>> villages = new LinkedHashMap<>();
        for (int i = 1; i <= VILLAGES; i++) {
            villages.put(prefix + i, open(prefix + i));
        }
        return villages;
    }

    private List<Lot> open(String town) throws Exception {
        return open(town, first);
    }

    private static List<Lot> open(String town, Instance node) throws Exception {
        openTown(node, town);
        return LotSeries.draw(town, DAY, 1, 0, LOTS.resolve(town));
    }

    private Path city(String town, long sequence) throws Exception {
        openTown(first, town);
        return CityAndVillages.city(LOTS, town, sequence);
    }

    private static void openTown(Instance node, String town) {
        PortalApi.Answer opened = node.api().openTown(town, town, "agent@" + town + ".example");
        assertThat(opened.ok()).as(opened.body()).isTrue();
    }

    private static void send(Instance node, String town, Path lot) {
        PortalApi.Answer answer = node.api().sendLot(town, lot, false);
        assertThat(answer.status()).as("%s: %s", lot, answer.body()).isEqualTo(202);
    }

    private static void awaitApplied(Instance node, String town, Lot lot) {
        assertThat(awaitState(node, town, lot.lotId()))
                .as("%s of %s", lot, town)
                .isEqualTo("APPLIED");
    }

    private static String awaitState(Instance node, String town, UUID lot) {
        String path = "/exchange/v1/" + town + "/lots/" + lot;
        long end = System.nanoTime() + PATIENCE.toNanos();
        String state = "RECEIVED";
        while (UNDER_WAY.contains(state) && System.nanoTime() < end) {
            Waiting.aMoment();
            state = node.api().get(town, path).json().getString("state", "");
        }
        return state;
    }

    // ---- the database --------------------------------------------------------------------------------------------

    /** Towns in the order in which their runs began. */
    private List<String> order(String towns) throws SQLException {
        List<String> order = new ArrayList<>();
        try (Connection owner = first.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("select t.code from app.processing_run r"
                        + " join app.town t on t.id = r.town_id where t.code like '" + towns + "' order by r.id")) {
            while (rows.next()) {
                order.add(rows.getString(1));
            }
        }
        return order;
    }

    private static String city(String town, String at) {
        return "(select l." + at + " from app.lot l join app.town t on t.id = l.town_id where t.code = '" + town
                + "' and l.sequence = 2)";
    }

    /** Until there is one. */
    private void await(String what, String count, Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (count(count) == 0 && System.nanoTime() < end) {
            Waiting.aMoment();
        }
        assertThat(count(count)).as(what).isPositive();
    }

    private long count(String sql) throws SQLException {
        try (Connection owner = first.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Map<String, String> tables(String town) throws SQLException {
        try (Connection owner = first.connectAsOwner()) {
            return LiveTables.of(owner, town);
        }
    }
}
