package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Bench;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Project;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Imports a large city through the front door and compares with COPY of the same rows: from the first byte sent to the end
 * of the lot, the unchanged content again, the heap while it runs.
 */
public final class ImportBench implements Bench {

    private static final String TOWN = "nantes-44109";
    private static final long SEQUENCE_AGAIN = 2;
    private static final int HEAP_MIB = 64;

    private record Flow(String lot, List<String> tables, double speed, double unchanged) {}

    private static final Map<String, Flow> FLOWS = flows();

    private static Map<String, Flow> flows() {
        Map<String, Flow> flows = new LinkedHashMap<>();
        flows.put(
                "reference",
                new Flow(
                        "01_reference.zip",
                        List.of(
                                "regie",
                                "facility",
                                "school_class",
                                "activity",
                                "schedule",
                                "schedule_date",
                                "period",
                                "incompatibility",
                                "booking_rule",
                                "document_type",
                                "code"),
                        0,
                        0));
        flows.put(
                "individuals",
                new Flow(
                        "02_individuals.zip",
                        List.of(
                                "family",
                                "business_account",
                                "individual",
                                "class_assignment",
                                "membership",
                                "pickup_contact",
                                "allergy",
                                "vaccination"),
                        0.8,
                        0.3));
        flows.put("registrations", new Flow("03_registrations.zip", List.of("registration"), 0, 0));
        flows.put("bookings", new Flow("04_bookings.zip", List.of("booking"), 0.8, 0.15));
        return flows;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String summary() {
        return "a large city's lots against COPY of the same rows (1 argument: the folder of its lots)";
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        Path lots =
                arguments.isEmpty() ? Project.root().resolve("../shared/data/lots/" + TOWN) : Path.of(arguments.get(0));
        if (!Files.isDirectory(lots)) {
            throw new Problem("There are no lots in " + lots + "; name the folder that has them");
        }
        Path heapLog = stateFolder.resolve("heap.log");
        Files.createDirectories(stateFolder);
        Instance instance = Instance.in(stateFolder)
                .ports(Ports.free())
                .environment("PORTAIL_DEMONSTRATION", "false")
                .serverOption(HeapLog.option(heapLog))
                .build();
        try {
            instance.start();
            return measure(instance, lots, heapLog, out);
        } finally {
            instance.stop();
        }
    }

    private static boolean measure(Instance instance, Path lots, Path heapLog, PrintStream out) throws Exception {
        PortalApi.Answer opened = instance.api().openTown(TOWN, "Banc d'essai", "banc@bench.example");
        if (!opened.ok()) {
            throw new Problem("The town could not be opened: HTTP " + opened.status());
        }
        ProcessHandle server = instance.serverProcess().orElseThrow();
        ProcessHandle postgres =
                instance.databaseProcess().orElseThrow(() -> new Problem("Needs a database of its own"));
        HeapLog heap = new HeapLog(heapLog, server.pid());
        Path renewed = Files.createTempDirectory("renewed-lots");
        boolean reached = true;
        out.println(
                "flow             rows    wall s  rows/s   CPU s (server + database)  COPY s (CPU)   of COPY  heap MiB   again s (CPU)   of COPY");
        try (Connection owner = instance.connectAsOwner();
                Connection administrator = instance.connectAsAdministrator()) {
            CopyYardstick yardstick = new CopyYardstick(owner, administrator);
            for (Map.Entry<String, Flow> each : FLOWS.entrySet()) {
                Flow flow = each.getValue();
                Path lot = lots.resolve(flow.lot());
                Path again = RenewedLot.of(lot, renewed, SEQUENCE_AGAIN);
                yardstick.checkpoint();
                Sent first = send(instance, lot, server, postgres, heap);
                CopyYardstick.Measured copy = yardstick.measure(flow.tables(), postgres);
                yardstick.checkpoint();
                Sent second = send(instance, again, server, postgres, heap);
                double speed = copy.wall() / first.wall;
                double unchanged = second.wall / copy.wall();
                long growth = Math.max(first.heap, second.heap);
                out.printf(
                        Locale.ROOT,
                        "%-14s %,10d %8.2f %,8.0f %10.2f + %-10.2f %10.2f (%.2f) %8.0f %% %8d %10.2f (%.2f) %8.0f %%%n",
                        each.getKey(),
                        first.rows,
                        first.wall,
                        first.rows / first.wall,
                        first.serverCpu,
                        first.databaseCpu,
                        copy.wall(),
                        copy.cpu(),
                        100 * speed,
                        growth,
                        second.wall,
                        second.serverCpu + second.databaseCpu,
                        100 * unchanged);
                reached &= verdict(out, each.getKey(), flow, speed, unchanged, growth);
                reached &= second.changed == 0;
            }
        }
        return reached;
    }

    private static boolean verdict(
            PrintStream out, String name, Flow flow, double speed, double unchanged, long growth) {
        if (flow.speed() == 0) {
            return true;
        }
        boolean reached = speed >= flow.speed() && unchanged <= flow.unchanged() && growth <= HEAP_MIB;
        out.printf(
                Locale.ROOT,
                "  %s to reach for %s: at least %.0f %% of COPY's speed, heap growth at most %d MiB, unchanged at most %.0f %% of its time%n",
                reached ? "✓" : "✗",
                name,
                100 * flow.speed(),
                HEAP_MIB,
                100 * flow.unchanged());
        return reached;
    }

    private record Sent(double wall, double serverCpu, double databaseCpu, long rows, long changed, long heap) {}

    private static Sent send(Instance instance, Path lot, ProcessHandle server, ProcessHandle postgres, HeapLog heap)
            throws Exception {
        long settled = heap.settled();
        int mark = heap.mark();
        double serverCpu = ProcessorTime.of(server);
        double databaseCpu = ProcessorTime.of(postgres);
        long start = System.nanoTime();
        PortalApi.Answer answer = instance.api().sendLot(TOWN, lot, false);
        if (!answer.ok()) {
            throw new Problem(lot + " was refused: HTTP " + answer.status() + " " + answer.body());
        }
        String location = answer.location().orElseThrow();
        JsonObject state = answer.json();
        while (!state.getString("state").equals("APPLIED")) {
            LockSupport.parkNanos(50_000_000);
            state = instance.api().get(TOWN, location).json();
            if (List.of("REFUSED", "FAILED", "GUARD").contains(state.getString("state"))) {
                throw new Problem(lot + " was not applied: " + state);
            }
        }
        double wall = (System.nanoTime() - start) / 1e9;
        JsonObject rows = state.getJsonObject("rows");
        return new Sent(
                wall,
                ProcessorTime.of(server) - serverCpu,
                ProcessorTime.of(postgres) - databaseCpu,
                rows.getJsonNumber("created").longValue()
                        + rows.getJsonNumber("changed").longValue()
                        + rows.getJsonNumber("unchanged").longValue(),
                rows.getJsonNumber("created").longValue()
                        + rows.getJsonNumber("changed").longValue()
                        + rows.getJsonNumber("archived").longValue(),
                Math.max(0, heap.peakSince(mark) - settled));
    }
}
