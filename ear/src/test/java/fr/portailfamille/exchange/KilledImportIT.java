package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.demonstration.DemonstrationLots;
import fr.portailfamille.launcher.demonstration.DemonstrationLots.BuiltLot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server ends without warning in the middle of an import and is started again: the runs finish by themselves, and the
 * town's tables are those of a town that was fed without interruption. On an instance of its own, because it is killed.
 */
@Tag("container")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledImportIT {

    /** {@code -Dportail.seed=…} draws the same kills again. */
    private static final long SEED = Long.getLong("portail.seed", System.nanoTime());

    private static final Path FOLDER = Project.root().resolve("ear/target/killed-import");
    private static final Path FAILPOINT = FOLDER.resolve("failpoint");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String WITNESS = "temoin";
    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING");

    private static final int FLOWS = 4;

    /** Reference data come in 15 files and people in 7; the point lies between a lot's first file and its last. */
    private static final int BETWEEN_FILES = 14 + 6;

    private static final Ports PORTS = Ports.free();
    private static final long STARTED = System.nanoTime();

    private static Instance instance;
    private static Map<String, String> uninterrupted;

    /** The place in the import, and which time that the town's lots get there. */
    record Kill(String place, int time) {
        @Override
        public String toString() {
            return place + ":" + time;
        }
    }

    /** Each place once, in an order and in lots that the seed draws; the four places that each lot passes take four lots. */
    static List<Kill> kills() {
        Random random = new Random(SEED);
        List<Integer> lots = new ArrayList<>(List.of(1, 2, 3, FLOWS));
        Collections.shuffle(lots, random);
        List<Kill> kills = new ArrayList<>(List.of(
                new Kill(Failpoints.AFTER_RECEIVE, lots.get(0)),
                new Kill(Failpoints.AFTER_STAGING, lots.get(1)),
                new Kill(Failpoints.BEFORE_COMMIT_OF_MERGE, lots.get(2)),
                new Kill(Failpoints.AFTER_MERGE_BEFORE_REPORT, lots.get(3)),
                new Kill(Failpoints.MID_STAGING, 1 + random.nextInt(BETWEEN_FILES))));
        Collections.shuffle(kills, random);
        return kills;
    }

    @BeforeAll
    static void feedsTheWitness() throws Exception {
        System.out.println("Kills of seed " + SEED + ": " + kills());
        if (Files.exists(FOLDER)) {
            Instance.in(FOLDER).portsOfLastStart().build().discard();
        }
        instance = server();
        instance.start();
        List<BuiltLot> lots = open(WITNESS);
        for (BuiltLot lot : lots) {
            assertThat(instance.api().sendLot(WITNESS, lot.path(), false).status())
                    .isEqualTo(202);
        }
        for (BuiltLot lot : lots) {
            awaitApplied(WITNESS, lot, "uninterrupted");
        }
        uninterrupted = tables(WITNESS);
        assertThat(uninterrupted)
                .containsKeys("family", "individual", "registration", "booking", "place_counter", "processing_file")
                .doesNotContainEntry("family", "0 rows, none")
                .doesNotContainEntry("individual", "0 rows, none")
                .doesNotContainEntry("registration", "0 rows, none")
                .doesNotContainEntry("booking", "0 rows, none")
                .doesNotContainEntry("place_counter", "0 rows, none");
    }

    @AfterAll
    static void stops() {
        instance.stop();
    }

    /** Also after a case that failed while it was down. */
    @BeforeEach
    void serverRuns() {
        instance.startServer();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kills")
    void finishesByItself(Kill kill) throws Exception {
        String story = "%s with -Dportail.seed=%d, log in %s".formatted(kill, SEED, FOLDER);
        String town = "coupure-" + kill.place();
        List<BuiltLot> lots = open(town);
        Files.writeString(FAILPOINT, kill.toString());
        List<BuiltLot> answered = sendUntilDeath(town, lots, story);

        instance = server();
        instance.startServer();
        List<String> received = texts(
                "select lot_id::text from app.lot where town_id = (select id from app.town where code = ?)", town);
        assertThat(received)
                .as("lots that were answered and outlive the server: %s", story)
                .containsAll(
                        answered.stream().map(lot -> lot.lotId().toString()).toList());
        assertThat(received).as("lots when the server died: %s", story).isNotEmpty();

        for (BuiltLot lot : lots) {
            if (received.contains(lot.lotId().toString())) {
                awaitApplied(town, lot, story);
            }
        }
        for (BuiltLot lot : lots) {
            if (!answered.contains(lot)) {
                int expected = received.contains(lot.lotId().toString()) ? 200 : 202;
                assertThat(instance.api().sendLot(town, lot.path(), false).status())
                        .as("sent again, %s: %s", lot.flow(), story)
                        .isEqualTo(expected);
            }
        }
        for (BuiltLot lot : lots) {
            awaitApplied(town, lot, story);
        }

        assertThat(tables(town)).as("tables: %s", story).isEqualTo(uninterrupted);
        assertThat(texts(
                        "select relname from pg_class where relnamespace = 'engine'::regnamespace and relname like ?",
                        "lot\\_%"))
                .as("staging left behind: %s", story)
                .isEmpty();
        if (!kill.place().equals(Failpoints.AFTER_RECEIVE)) {
            assertThat(texts(
                            "select id::text from app.processing_run where attempt > 1"
                                    + " and town_id = (select id from app.town where code = ?)",
                            town))
                    .as("runs that were taken up: %s", story)
                    .hasSize(1);
        }
    }

    private static Instance server() {
        return Instance.in(FOLDER)
                .ports(PORTS)
                .heap("512m")
                // It does not go back at a restart: what is due would wait for it.
                .testClock(morning().plusNanos(System.nanoTime() - STARTED))
                .environment("PORTAIL_FAILPOINT", FAILPOINT.toString())
                .build();
    }

    private static Instant morning() {
        return DAY.atTime(LocalTime.of(10, 0)).atZone(ZoneId.of("Europe/Paris")).toInstant();
    }

    private static List<BuiltLot> open(String town) throws IOException {
        PortalApi.Answer opened = instance.api().openTown(town, town, "agent@" + town + ".example");
        assertThat(opened.ok()).as(opened.body()).isTrue();
        return DemonstrationLots.build(town, DAY, FOLDER.resolve("lots").resolve(town));
    }

    /** Those that were answered. */
    private static List<BuiltLot> sendUntilDeath(String town, List<BuiltLot> lots, String story) throws Exception {
        ProcessHandle server = instance.serverProcess().orElseThrow();
        List<BuiltLot> answered = new ArrayList<>();
        for (BuiltLot lot : lots) {
            try {
                PortalApi.Answer answer = instance.api().sendLot(town, lot.path(), false);
                assertThat(answer.status()).as("%s: %s", answer.body(), story).isEqualTo(202);
                answered.add(lot);
            } catch (Problem noAnswer) {
                break;
            }
        }
        assertThat(server.onExit().get(2, TimeUnit.MINUTES).isAlive())
                .as("the server is to die: %s", story)
                .isFalse();
        return answered;
    }

    private static void awaitApplied(String town, BuiltLot lot, String story) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        String path = "/exchange/v1/" + town + "/lots/" + lot.lotId();
        PortalApi.Answer answer = instance.api().get(town, path);
        while (UNDER_WAY.contains(answer.json().getString("state", "")) && System.nanoTime() < end) {
            Waiting.aMoment();
            answer = instance.api().get(town, path);
        }
        assertThat(answer.json().getString("state", ""))
                .as("%s (%s): %s", lot.flow(), story, answer.body())
                .isEqualTo("APPLIED");
    }

    private static Map<String, String> tables(String town) throws SQLException {
        try (Connection owner = instance.connectAsOwner()) {
            return LiveTables.of(owner, town);
        }
    }

    private static List<String> texts(String sql, String parameter) throws SQLException {
        try (Connection owner = instance.connectAsOwner();
                PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setString(1, parameter);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
