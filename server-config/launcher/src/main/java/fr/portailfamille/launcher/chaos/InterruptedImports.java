package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.chaos.InterruptionDraw.Peace;
import fr.portailfamille.launcher.lot.CitySeries;
import fr.portailfamille.launcher.lot.LotSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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
 * Nobody lends a hand but to start again what was killed, and the town's side, which asks again where it had no answer.
 */
public final class InterruptedImports implements AutoCloseable {

    private static final String WITNESS = "temoin";
    private static final String WITNESS_CITY = "ville-temoin";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final int DROPPED_LOTS = 2;

    /** Staging, and what puts a city's bookings aside. */
    private static final String LEFT_BEHIND = """
            select relname from pg_class where relnamespace = 'engine'::regnamespace and relname like ?
            union all select relname from pg_class where relkind = 'r' and relname like 'booking\\_aside\\_%'
            union all select conname from pg_constraint where conname like 'booking\\_moving\\_%'
            """;

    /** A dry run is told of, and changes nothing else. */
    private static final Set<String> OF_RUNS = Set.of("processing_run", "processing_file", "rejected_row");

    private final Path folder;
    private final long seed;
    private final int further;
    private final Set<Episode> fed;
    private final Ports ports = Ports.free();
    private final ServerTime time = ServerTime.begin(DAY);
    private final Map<Episode, Peace> peace = new EnumMap<>(Episode.class);
    private final Map<Episode, Map<String, String>> seenInPeace = new EnumMap<>(Episode.class);
    private final Map<Episode, Map<String, String>> tablesInPeace = new EnumMap<>(Episode.class);

    private Instance instance;
    private int towns;

    private InterruptedImports(Path folder, long seed, int further, Set<Episode> chosen) {
        this.folder = folder;
        this.seed = seed;
        this.further = further;
        this.fed = EnumSet.copyOf(chosen);
        chosen.forEach(episode -> fed.addAll(episode.before()));
    }

    /**
     * Starts an instance in that folder and feeds the towns that nothing interrupts.
     *
     * @param seed draws what the towns are fed and when they are interrupted
     * @param further lots after those of the whole town
     * @param chosen episodes that are interrupted
     */
    public static InterruptedImports start(Path folder, long seed, int further, Set<Episode> chosen) throws Exception {
        InterruptedImports imports = new InterruptedImports(folder, seed, further, chosen);
        Files.createDirectories(imports.exchange());
        imports.instance = imports.server();
        imports.instance.start();
        imports.feedWitness();
        return imports;
    }

    private void feedWitness() throws Exception {
        Map<String, Fed> witnesses = new TreeMap<>();
        Path record = failpoint().resolveSibling(failpoint().getFileName() + ".passes");
        for (Episode episode : fed) {
            String code = episode == Episode.CITY ? WITNESS_CITY : WITNESS;
            if (!witnesses.containsKey(code)) {
                witnesses.put(code, open(code, episode));
            }
            Fed witness = witnesses.get(code);
            Files.writeString(record, "");
            long start = System.nanoTime();
            seenInPeace.put(episode, witness.pass(episode));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Map<String, Integer> passes = new TreeMap<>();
            for (String place : Files.readAllLines(record)) {
                passes.merge(place, 1, Integer::sum);
            }
            peace.put(episode, new Peace(millis, passes));
            tablesInPeace.put(episode, tables(code));
        }
        Files.delete(record);
        requireSubstance();
    }

    /** What is compared with nothing, or with what went wrong in peace, proves nothing. */
    private void requireSubstance() throws SQLException {
        if (fed.contains(Episode.CITY)) {
            require(
                    texts(
                                            "select to_regclass('app.booking_town_' || id)::text from app.town where code = ?",
                                            WITNESS_CITY)
                                    .get(0)
                            != null,
                    "the city's bookings have no partition");
        }
        if (fed.contains(Episode.FOLDER_IN)) {
            requireTables(tablesInPeace.get(Episode.FOLDER_IN));
        }
        if (fed.contains(Episode.DRY_RUN)) {
            Map<String, String> before = new TreeMap<>(tablesInPeace.get(Episode.REQUESTS));
            Map<String, String> after = new TreeMap<>(tablesInPeace.get(Episode.DRY_RUN));
            before.keySet().removeAll(OF_RUNS);
            after.keySet().removeAll(OF_RUNS);
            require(before.equals(after), "its dry run changed " + after + ", which was " + before);
        }
        for (Episode episode : List.of(Episode.REQUESTS, Episode.FOLDER_OUT)) {
            if (fed.contains(episode)) {
                String taken = seenInPeace.get(episode).get("requests taken");
                require("each once, in order".equals(taken), "of its requests came " + taken);
            }
        }
        if (fed.contains(Episode.CONFIRMATION)) {
            String held = seenInPeace.get(Episode.CONFIRMATION).toString();
            require(
                    held.contains("GUARD, then APPLIED"),
                    "the guard did not hold the lot, or nobody confirmed it: " + held);
        }
    }

    private static void requireTables(Map<String, String> last) {
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
                "stored_document",
                "dispatch",
                "lot_decision")) {
            if (last.getOrDefault(table, "0 rows").startsWith("0 rows")) {
                throw new Problem("The town that nothing interrupted has nothing in " + table);
            }
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new Problem("Of the town that nothing interrupted: " + otherwise);
        }
    }

    /** Interruptions that the seed draws, for these episodes. */
    public List<Interruption> draw(int count, Set<Episode> chosen) {
        Map<Episode, Peace> drawn = new EnumMap<>(peace);
        drawn.keySet().retainAll(chosen);
        return new InterruptionDraw(drawn, new Random(seed)).draw(count);
    }

    /** Failpoints that were not come to in their episode although nothing interrupted: they are elsewhere, or not at all. */
    public Set<String> neverReached() {
        Set<String> missing = new TreeSet<>();
        peace.forEach((episode, peaceful) -> episode.failpoints().stream()
                .filter(name -> !peaceful.passes().containsKey(name))
                .forEach(name -> missing.add(episode + ": " + name)));
        return missing;
    }

    /** Failpoints that were come to and that no interruption is ever drawn for. */
    public Set<String> unknown() {
        Set<String> unknown = new TreeSet<>();
        peace.values().forEach(peaceful -> unknown.addAll(peaceful.passes().keySet()));
        unknown.removeAll(Episode.failpointsOf(List.of(Episode.values())));
        return unknown;
    }

    /** What the side of the town that nothing interrupted saw: how each lot ended, say. */
    public Map<Episode, Map<String, String>> seenInPeace() {
        return Map.copyOf(seenInPeace);
    }

    /** Feeds one more town, up to the interruption's episode. Gives what is not as in the town that was fed in peace. */
    public List<String> differences(Interruption interruption) throws Exception {
        towns++;
        Episode last = interruption.episode();
        Fed town = open("coupure-" + towns, last);
        List<String> differences = new ArrayList<>();
        for (Episode episode : last.before()) {
            compare(episode, seenInPeace.get(episode), town.pass(episode), differences);
            serveWhoWaits(town.code());
        }
        ProcessHandle server = instance.serverProcess().orElseThrow();
        CompletableFuture<Void> blow = arm(interruption);
        try {
            compare(last, seenInPeace.get(last), town.pass(last), differences);
        } catch (Problem problem) {
            differences.add("%s: %s (%s)".formatted(last, problem.getMessage(), problem.getCause()));
        }
        blow.get(2, TimeUnit.MINUTES);
        revive();
        if (interruption instanceof Interruption.AtFailpoint && server.isAlive()) {
            Files.deleteIfExists(failpoint());
            differences.add("the server never came to that place");
        }
        compare(last, tablesInPeace.get(last), tables(town.code()), differences);
        List<String> left = texts(LEFT_BEHIND, "lot\\_%");
        if (!left.isEmpty()) {
            differences.add("left behind: " + left);
        }
        return differences;
    }

    private static void compare(
            Episode episode, Map<String, String> expected, Map<String, String> found, List<String> differences) {
        TreeMap<String, String> all = new TreeMap<>(expected);
        all.putAll(found);
        for (String name : all.keySet()) {
            String peaceful = expected.getOrDefault(name, "none");
            String now = found.getOrDefault(name, "none");
            if (!peaceful.equals(now)) {
                differences.add("%s: %s: %s in peace, %s here".formatted(episode, name, peaceful, now));
            }
        }
    }

    // ---- blows ---------------------------------------------------------------------------------------------------

    private CompletableFuture<Void> arm(Interruption interruption) throws IOException {
        if (interruption instanceof Interruption.AtFailpoint place) {
            Files.writeString(failpoint(), place.order());
            return CompletableFuture.completedFuture(null);
        }
        Interruption.AtInstant blow = (Interruption.AtInstant) interruption;
        return CompletableFuture.runAsync(
                () -> strike(blow.victim()), CompletableFuture.delayedExecutor(blow.millis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void strike(Interruption.Victim victim) {
        switch (victim) {
            case SERVER -> instance.killServer();
            case DATABASE -> instance.killDatabase();
            case BOTH -> {
                instance.killServer();
                instance.killDatabase();
            }
            case SESSION -> killSession();
        }
    }

    private void killSession() {
        try (Connection administrator = instance.connectAsAdministrator();
                Statement statement = administrator.createStatement();
                ResultSet session =
                        statement.executeQuery("select pid from pg_stat_activity where application_name = 'portail'"
                                + " order by random() limit 1")) {
            if (!session.next()
                    || !ProcessHandle.of(session.getLong(1))
                            .map(ProcessHandle::destroyForcibly)
                            .orElse(false)) {
                throw new Problem("The server had no session that could be killed");
            }
        } catch (SQLException e) {
            throw new Problem("No session of the server could be killed", e);
        }
    }

    /** Starts again what is dead, and waits for what starts again by itself. */
    private synchronized void revive() {
        if (!instance.databaseRuns()) {
            instance.startDatabase();
        }
        awaitDatabase();
        if (!instance.serverRuns()) {
            instance = server();
            instance.startServer();
        }
    }

    private void awaitDatabase() {
        for (long end = BusinessApplication.end(); !databaseAnswers(); Waiting.aMoment()) {
            if (System.nanoTime() > end) {
                throw new Problem("The database does not start again");
            }
        }
    }

    private boolean databaseAnswers() {
        try (Connection owner = instance.connectAsOwner()) {
            return owner.isValid(1);
        } catch (SQLException starting) {
            return false;
        }
    }

    private synchronized Instance instance() {
        return instance;
    }

    private Path failpoint() {
        return folder.resolve("failpoint");
    }

    private Path exchange() {
        return folder.resolve("exchange");
    }

    private Instance server() {
        return Instance.in(folder)
                .ports(ports)
                .heap("512m")
                // It starts more often than it works for long.
                .serverOption("-XX:TieredStopAtLevel=1")
                // It does not go back at a restart: what is due would wait for it.
                .testClock(time.now())
                .environment("PORTAIL_FAILPOINT", failpoint().toString())
                .environment("PORTAIL_EXCHANGE_DIR", exchange().toString())
                .build();
    }

    /** A new town, open, for that episode and those before it. */
    private Fed open(String code, Episode episode) throws IOException, SQLException {
        Fed town = town(code, episode, folder.resolve("lots").resolve(code));
        town.open();
        try (Connection owner = instance.connectAsOwner()) {
            StilledWaiting.begin(owner, code);
        }
        return town;
    }

    private Fed town(String code, Episode episode, Path lots) throws IOException {
        return episode == Episode.CITY
                ? new FedCity(code, CitySeries.draw(code, DAY, seed, lots), this::instance, this::revive)
                : new FedTown(
                        code,
                        DAY,
                        LotSeries.drawEveryFlow(code, DAY, seed, further, DROPPED_LOTS, lots),
                        exchange(),
                        this::instance,
                        this::revive);
    }

    // ---- the database --------------------------------------------------------------------------------------------

    /** Between two episodes, and after the last. */
    private void serveWhoWaits(String town) throws SQLException {
        try (Connection owner = instance.connectAsOwner()) {
            StilledWaiting.end(owner, town, time::now);
            StilledWaiting.begin(owner, town);
        }
    }

    private Map<String, String> tables(String town) throws SQLException {
        serveWhoWaits(town);
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
