package fr.portailfamille.launcher.chaos;

import fr.portailfamille.exchange.QueueLock;
import fr.portailfamille.launcher.Chaos;
import fr.portailfamille.launcher.FamilyVisit;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Role;
import fr.portailfamille.launcher.lot.LotSeries;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The database's disk gets full while lots of every flow come in. The runs wait (docs/adr/0017) while families look at their
 * planning; when there is room again they finish by themselves, and the tables are those of a town that was fed in peace.
 */
public final class DiskChaos implements Chaos {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String WITNESS = "temoin";
    private static final String TOWN = "disque-plein";
    private static final int MEGABYTES = 128;
    private static final int FURTHER_LOTS = 12;

    /** Lots that make a town in which families can ask for something. */
    private static final int WHOLE_TOWN = 4;

    /** What is left when the lots come in: some of their tables find room, the others do not. */
    private static final int LEFT_KILOBYTES = 512;

    private static final Duration FULL_AT_MOST = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String summary() {
        return "fills the database's disk while lots come in, and frees it again (1 argument: the seed)";
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        long seed = arguments.isEmpty() ? new Random().nextInt(1_000_000) : Long.parseLong(arguments.get(0));
        out.println("Seed " + seed);
        ServerTime time = ServerTime.begin(DAY);
        Instance instance = Instance.in(stateFolder)
                .ports(Ports.free())
                .heap("512m")
                .smallDisk(MEGABYTES)
                .testClock(time.now())
                .build();
        try {
            instance.start();
            try (Connection administrator = instance.connectAsAdministrator()) {
                return new Drill(instance, administrator, stateFolder.resolve("lots"), seed, time, out).run();
            }
        } finally {
            instance.stop();
        }
    }

    private static final class Drill {
        private final Instance instance;
        private final Path folder;
        private final long seed;
        private final PrintStream out;
        private final BusinessApplication sender;
        /** From before the disk is full: PostgreSQL may have to write a file before it lets somebody in. */
        private final Connection administrator;

        private final ServerTime time;
        private boolean good = true;

        Drill(Instance instance, Connection administrator, Path folder, long seed, ServerTime time, PrintStream out) {
            this.instance = instance;
            this.administrator = administrator;
            this.folder = folder;
            this.seed = seed;
            this.time = time;
            this.out = out;
            this.sender = new BusinessApplication(instance::api, () -> {});
        }

        boolean run() throws Exception {
            List<Lot> peaceful = open(WITNESS);
            beginsToAsk(WITNESS, peaceful);
            rest(peaceful).forEach(lot -> sender.send(WITNESS, lot));
            Map<String, String> expected = named(sender.awaitEnd(WITNESS, peaceful));
            Map<String, String> peacefulTables = tables(WITNESS);
            for (String table : List.of("booking", "decision", "invoice", "payment", "stored_document")) {
                check(
                        "the town that was fed in peace has something in " + table,
                        !peacefulTables.getOrDefault(table, "0 rows").startsWith("0 rows"));
            }

            List<Lot> lots = open(TOWN);
            beginsToAsk(TOWN, lots);
            FamilyVisit family = FamilyVisit.of(instance, TOWN, newcomer());

            List<Lot> others = rest(lots);
            int half = others.size() / 2;
            keepWaiting(true);
            others.subList(0, half).forEach(lot -> sender.send(TOWN, lot));
            fill();
            keepWaiting(false);
            Thread sending =
                    new Thread(() -> others.subList(half, others.size()).forEach(lot -> sender.send(TOWN, lot)));
            sending.start();
            lookWhileFull(family);
            free();
            sending.join();
            check("lots end as in peace", expected.equals(named(sender.awaitEnd(TOWN, lots))));
            Map<String, String> tables = tables(TOWN);
            check("tables are those of a town fed in peace", peacefulTables.equals(tables));
            peacefulTables.forEach((table, rows) -> {
                if (!rows.equals(tables.get(table))) {
                    out.printf("    %s: %s in peace, %s here%n", table, rows, tables.get(table));
                }
            });
            check(
                    "no staging is left behind",
                    number(
                                    "select count(*) from pg_class where relnamespace = 'engine'::regnamespace and relname like 'lot\\_%'")
                            == 0);
            return good;
        }

        private void check(String what, boolean is) {
            out.println((is ? "✓ " : "✗ ") + what);
            good &= is;
        }

        private List<Lot> open(String town) throws Exception {
            sender.open(town);
            try (Connection owner = instance.connectAsOwner()) {
                StilledWaiting.begin(owner, town);
            }
            return LotSeries.drawEveryFlow(town, DAY, seed, FURTHER_LOTS, 0, folder.resolve(town))
                    .lots();
        }

        /** With the first lots families have something to ask for, and do: the others decide and bill. */
        private void beginsToAsk(String town, List<Lot> lots) throws SQLException {
            List<Lot> first = lots.subList(0, WHOLE_TOWN);
            first.forEach(lot -> sender.send(town, lot));
            sender.awaitEnd(town, first);
            try (Connection owner = instance.connectAsOwner()) {
                FamilyRequests.transmitted(owner, town, DAY);
            }
        }

        /** Lots that are taken in before the disk is full are applied when it is; of the others it may let none in. */
        private void keepWaiting(boolean wait) throws SQLException {
            try (PreparedStatement lock = administrator.prepareStatement(
                    "select pg_advisory_" + (wait ? "" : "un") + "lock(?, id)::text from app.town where code = ?")) {
                lock.setInt(1, QueueLock.RUNNING);
                lock.setString(2, TOWN);
                lock.execute();
            }
        }

        private static List<Lot> rest(List<Lot> lots) {
            return lots.subList(WHOLE_TOWN, lots.size());
        }

        private static Map<String, String> named(Map<Lot, String> states) {
            Map<String, String> named = new TreeMap<>();
            states.forEach((lot, state) -> named.put(lot.toString(), state));
            return named;
        }

        private static Person newcomer() throws Exception {
            return DemonstrationPeople.of(DAY).stream()
                    .filter(person -> person.role() == Role.NEWCOMER)
                    .findFirst()
                    .orElseThrow();
        }

        // ---- the disk --------------------------------------------------------------------------------------------

        private void fill() throws SQLException {
            write("reserve", LEFT_KILOBYTES);
            try {
                write("filler", MEGABYTES * 1024);
                throw new Problem("The disk is larger than it should be");
            } catch (SQLException full) {
                out.println("Full: " + full.getMessage().lines().findFirst().orElse(""));
            }
            write("reserve", 0);
        }

        private void free() throws SQLException {
            write("filler", 0);
            out.println("There is room again.");
        }

        /** The server itself writes the file: nobody else sees the disk. */
        private void write(String file, int kilobytes) throws SQLException {
            try (Statement statement = administrator.createStatement()) {
                statement.execute("copy (select repeat('x', 1023) from generate_series(1, " + kilobytes + ")) to '"
                        + instance.smallDisk().resolve(file) + "'");
            }
        }

        // ---- meanwhile -------------------------------------------------------------------------------------------

        /** Until a run has been tried again, so that it has found the disk full, paused, and found it full once more. */
        private void lookWhileFull(FamilyVisit family) throws SQLException {
            int shown = 0;
            int declined = 0;
            double slowest = 0;
            long end = System.nanoTime() + FULL_AT_MOST.toNanos();
            while (attempts() < 3 && System.nanoTime() < end) {
                try {
                    slowest = Math.max(slowest, family.look());
                    shown++;
                } catch (Problem said) {
                    declined++;
                    out.println("  a family is told: " + said.getMessage());
                }
                Waiting.aMoment();
            }
            out.printf(
                    "While it was full, the planning was shown %d times (slowest %.0f ms) and declined %d times.%n",
                    shown, slowest, declined);
            check("runs wait for room, and are tried again", attempts() >= 3);
            check("families see their planning meanwhile", shown > 0);
            check(
                    "no lot is given up",
                    number("select count(*) from app.lot l join app.town t on t.id = l.town_id where t.code = '" + TOWN
                                    + "' and l.state = 'FAILED'")
                            == 0);
        }

        private long attempts() throws SQLException {
            return number(
                    "select coalesce(max(r.attempt), 0) from app.processing_run r join app.town t on t.id = r.town_id"
                            + " where t.code = '" + TOWN + "'");
        }

        private long number(String query) throws SQLException {
            try (Statement statement = administrator.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        }

        private Map<String, String> tables(String town) throws SQLException {
            try (Connection owner = instance.connectAsOwner()) {
                StilledWaiting.end(owner, town, time::now);
                Map<String, String> tables = LiveTables.of(owner, town);
                // One family more has signed up in one of the towns, and got its mail.
                tables.remove("notice");
                return tables;
            }
        }
    }
}
