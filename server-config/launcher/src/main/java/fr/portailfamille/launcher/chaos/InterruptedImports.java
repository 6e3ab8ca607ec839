package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Instance;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Feeds towns alike, one in peace and each other under an {@link Interruption}, and tells in what they differ at the end.
 * Nobody lends a hand but to start again what was killed, and the sender, who sends again what was not answered.
 */
public final class InterruptedImports implements AutoCloseable {

    /** Classes of PostgreSQL's codes for a connection that ended, or never began. */
    private static final Set<String> LOST = Set.of("08", "57");

    private static final String WITNESS = "temoin";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private final Path folder;
    private final long seed;
    private final int further;
    private final Ports ports = Ports.free();
    private final long started = System.nanoTime();
    private final Map<Lot, String> peacefulStates = new LinkedHashMap<>();
    private final Map<String, Integer> passes = new TreeMap<>();

    private final BusinessApplication application =
            new BusinessApplication(() -> instance().api(), this::revive);

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
        Path record = failpoint().resolveSibling(failpoint().getFileName() + ".passes");
        Files.writeString(record, "");
        long start = System.nanoTime();
        peacefulStates.putAll(feed(WITNESS, lots));
        peacefulMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        for (String place : Files.readAllLines(record)) {
            passes.merge(place, 1, Integer::sum);
        }
        Files.delete(record);
        peacefulTables = tables(WITNESS);
        for (String table : List.of(
                "family",
                "individual",
                "registration",
                "booking",
                "place_counter",
                "decision",
                "request_message",
                "invoice",
                "payment",
                "stored_document")) {
            if (peacefulTables.getOrDefault(table, "0 rows").startsWith("0 rows")) {
                throw new Problem("The town that nothing interrupted has nothing in " + table);
            }
        }
    }

    /** Interruptions that the seed draws. */
    public List<Interruption> draw(int count) {
        return new InterruptionDraw(passes, peacefulMillis, new Random(seed)).draw(count);
    }

    /** Failpoints that no lot came to although all flows were fed: they are not where they were, or not at all. */
    public Set<String> neverReached() {
        Set<String> missing = Interruption.failpoints();
        missing.removeAll(passes.keySet());
        return missing;
    }

    /** Failpoints that lots came to and that no interruption is drawn for. */
    public Set<String> unknown() {
        Set<String> unknown = new TreeSet<>(passes.keySet());
        unknown.removeAll(Interruption.failpoints());
        return unknown;
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
        Map<String, String> states = byName(feed(town, lots));
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

    private synchronized Instance instance() {
        return instance;
    }

    private Path failpoint() {
        return folder.resolve("failpoint");
    }

    private Instance server() {
        return Instance.in(folder)
                .ports(ports)
                .heap("512m")
                // It starts more often than it works for long.
                .serverOption("-XX:TieredStopAtLevel=1")
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
        application.open(town);
        return LotSeries.drawEveryFlow(
                town, DAY, seed, further, folder.resolve("lots").resolve(town));
    }

    /** Families ask for something as soon as what they can ask for is there, and before it is decided. */
    private Map<Lot, String> feed(String town, List<Lot> lots) {
        int decisions = 0;
        while (!lots.get(decisions).flow().equals("decisions")) {
            application.send(town, lots.get(decisions));
            decisions++;
        }
        application.awaitEnd(town, lots.subList(0, decisions));
        ask(town);
        for (Lot lot : lots.subList(decisions, lots.size())) {
            application.send(town, lot);
        }
        return application.awaitEnd(town, lots);
    }

    private void ask(String town) {
        SQLException last = null;
        for (long end = BusinessApplication.end(); System.nanoTime() < end; Waiting.aMoment()) {
            try (Connection owner = instance.connectAsOwner()) {
                FamilyRequests.write(owner, town, DAY);
                return;
            } catch (SQLException e) {
                if (!LOST.contains(String.valueOf(e.getSQLState()).substring(0, 2))) {
                    throw new Problem("What families ask for in " + town + " could not be written", e);
                }
                last = e;
                revive();
            }
        }
        throw new Problem("Nothing could be asked for in " + town, last);
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
