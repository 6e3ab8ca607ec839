package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.lot.LotSeries;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Feeds towns alike, one in peace and each other under an {@link Interruption}, and tells in what they differ at the end.
 * Nobody lends a hand but to start again what was killed, and the sender, who sends again what was not answered.
 */
public final class InterruptedImports implements AutoCloseable {

    private static final String WITNESS = "temoin";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING", "UNKNOWN");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final long seed;
    private final int further;
    private final Ports ports = Ports.free();
    private final long started = System.nanoTime();
    private final Map<Lot, String> peacefulStates = new LinkedHashMap<>();

    private Instance instance;
    private Map<String, String> peacefulTables = Map.of();
    private long peacefulMillis;
    private int towns;

    private InterruptedImports(Path folder, long seed, int further) {
        this.folder = folder;
        this.seed = seed;
        this.further = further;
    }

    /**
     * Starts an instance in that folder and feeds the town that nothing interrupts.
     *
     * @param seed draws what the towns are fed and when they are interrupted
     * @param further lots after those of the whole town
     */
    public static InterruptedImports start(Path folder, long seed, int further) throws Exception {
        InterruptedImports imports = new InterruptedImports(folder, seed, further);
        imports.instance = imports.server();
        imports.instance.start();
        imports.feedWitness();
        return imports;
    }

    private void feedWitness() throws Exception {
        List<Lot> lots = open(WITNESS);
        long start = System.nanoTime();
        for (Lot lot : lots) {
            sendUntilAnswered(WITNESS, lot);
        }
        peacefulStates.putAll(awaitEnd(WITNESS, lots));
        peacefulMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        peacefulTables = tables(WITNESS);
        for (String table : List.of("family", "individual", "registration", "booking", "place_counter")) {
            if (peacefulTables.getOrDefault(table, "0 rows").startsWith("0 rows")) {
                throw new Problem("The town that nothing interrupted has nothing in " + table);
            }
        }
    }

    /** Interruptions that the seed draws. */
    public List<Interruption> draw(int count) {
        return Interruption.draw(count, List.copyOf(peacefulStates.keySet()), peacefulMillis, new Random(seed));
    }

    /** What a town is fed, and how each lot ends. */
    public Map<Lot, String> peacefulStates() {
        return Map.copyOf(peacefulStates);
    }

    /** Feeds one more town under the interruption. Gives what is not as in the town that was fed in peace. */
    public List<String> differences(Interruption interruption) throws Exception {
        towns++;
        String town = "coupure-" + towns;
        List<Lot> lots = open(town);
        List<String> differences = new ArrayList<>();
        ProcessHandle server = instance.serverProcess().orElseThrow();
        CompletableFuture<Void> blow = arm(interruption);
        for (Lot lot : lots) {
            sendUntilAnswered(town, lot);
        }
        Map<String, String> states = byName(awaitEnd(town, lots));
        blow.get(2, TimeUnit.MINUTES);
        revive();
        if (interruption instanceof Interruption.AtFailpoint && server.isAlive()) {
            Files.deleteIfExists(failpoint());
            differences.add("the server never came to that place");
        }
        compare("lot", byName(peacefulStates), states, differences);
        compare("table", peacefulTables, tables(town), differences);
        List<String> left = texts(
                "select relname from pg_class where relnamespace = 'engine'::regnamespace and relname like ?",
                "lot\\_%");
        if (!left.isEmpty()) {
            differences.add("staging left behind: " + left);
        }
        return differences;
    }

    private static Map<String, String> byName(Map<Lot, String> states) {
        Map<String, String> named = new TreeMap<>();
        states.forEach((lot, state) -> named.put(lot.toString(), state));
        return named;
    }

    private static void compare(
            String what, Map<String, String> expected, Map<String, String> found, List<String> differences) {
        TreeMap<String, String> all = new TreeMap<>(expected);
        all.putAll(found);
        for (String name : all.keySet()) {
            String peaceful = expected.getOrDefault(name, "none");
            String now = found.getOrDefault(name, "none");
            if (!peaceful.equals(now)) {
                differences.add("%s %s: %s in peace, %s here".formatted(what, name, peaceful, now));
            }
        }
    }

    // ---- blows ---------------------------------------------------------------------------------------------------

    private CompletableFuture<Void> arm(Interruption interruption) throws IOException {
        if (interruption instanceof Interruption.AtFailpoint place) {
            Files.writeString(failpoint(), place.toString());
            return CompletableFuture.completedFuture(null);
        }
        Interruption.AtInstant blow = (Interruption.AtInstant) interruption;
        return CompletableFuture.runAsync(
                () -> strike(blow.victim()), CompletableFuture.delayedExecutor(blow.millis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void strike(Interruption.Victim victim) {
        if (victim != Interruption.Victim.DATABASE) {
            instance.killServer();
        }
        if (victim != Interruption.Victim.SERVER) {
            instance.killDatabase();
        }
    }

    /** Starts again what is dead. */
    private synchronized void revive() {
        if (!instance.databaseRuns()) {
            instance.startDatabase();
        }
        if (!instance.serverRuns()) {
            instance = server();
            instance.startServer();
        }
    }

    private Path failpoint() {
        return folder.resolve("failpoint");
    }

    private Instance server() {
        return Instance.in(folder)
                .ports(ports)
                .heap("512m")
                // It does not go back at a restart: what is due would wait for it.
                .testClock(morning().plusNanos(System.nanoTime() - started))
                .environment("PORTAIL_FAILPOINT", failpoint().toString())
                .build();
    }

    private static Instant morning() {
        return DAY.atTime(LocalTime.of(10, 0)).atZone(ZoneId.of("Europe/Paris")).toInstant();
    }

    // ---- the business application --------------------------------------------------------------------------------

    private List<Lot> open(String town) throws IOException {
        PortalApi.Answer opened = instance.api().openTown(town, town, "agent@" + town + ".example");
        if (!opened.ok()) {
            throw new Problem("The town " + town + " could not be opened: " + opened.body());
        }
        instance.api().keyOf(town);
        return LotSeries.draw(town, DAY, seed, further, folder.resolve("lots").resolve(town));
    }

    private void sendUntilAnswered(String town, Lot lot) {
        Optional<PortalApi.Answer> answer = Optional.empty();
        for (long end = end(); System.nanoTime() < end; Waiting.aMoment()) {
            answer = asked(() -> instance.api().sendLot(town, lot.path(), false));
            if (answer.filter(PortalApi.Answer::ok).isPresent()) {
                return;
            }
            if (answer.filter(refusal -> refusal.status() < 500).isPresent()) {
                break;
            }
            revive();
        }
        throw new Problem(lot + " of " + town + " was not taken: "
                + answer.map(PortalApi.Answer::body).orElse("no answer"));
    }

    private Map<Lot, String> awaitEnd(String town, List<Lot> lots) {
        Map<Lot, String> states = new LinkedHashMap<>();
        long end = end();
        for (Lot lot : lots) {
            String state = state(town, lot);
            while (UNDER_WAY.contains(state) && System.nanoTime() < end) {
                revive();
                Waiting.aMoment();
                state = state(town, lot);
            }
            states.put(lot, state);
        }
        return states;
    }

    private String state(String town, Lot lot) {
        return asked(() -> instance.api().get(town, "/exchange/v1/" + town + "/lots/" + lot.lotId()))
                .map(answer -> answer.json().getString("state", "UNKNOWN"))
                .orElse("UNKNOWN");
    }

    /** Empty where nobody answers, or the connection breaks. */
    private static Optional<PortalApi.Answer> asked(java.util.function.Supplier<PortalApi.Answer> question) {
        try {
            return Optional.of(question.get());
        } catch (Problem noAnswer) {
            return Optional.empty();
        }
    }

    private static long end() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    // ---- the database --------------------------------------------------------------------------------------------

    private Map<String, String> tables(String town) throws SQLException {
        try (Connection owner = instance.connectAsOwner()) {
            return LiveTables.of(owner, town);
        }
    }

    private List<String> texts(String sql, String parameter) throws SQLException {
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

    @Override
    public void close() {
        instance.stop();
    }
}
