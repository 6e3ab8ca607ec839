package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Bench;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Ports;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Project;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Imports a large city through the front door and compares with COPY of the same rows: its first load, the unchanged content
 * again, new and changed bookings, small lots, and what families feel of it.
 */
public final class ImportBench implements Bench {

    private static final String TOWN = "nantes-44109";
    private static final String WARM_UP = "echauffement";
    private static final double MOST_SECONDS = 60;
    private static final int SETTLED = 8;

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
        Files.createDirectories(stateFolder);
        Path log = stateFolder.resolve("heap.log");
        Instance instance = Instance.in(stateFolder)
                .ports(Ports.free())
                .environment("PORTAIL_DEMONSTRATION", "false")
                .serverOption(HeapLog.option(log))
                .build();
        Path written = Files.createTempDirectory("bench-lots");
        try {
            instance.start();
            HeapLog heap =
                    new HeapLog(log, instance.serverProcess().orElseThrow().pid());
            return measure(instance, heap, lots, written, out);
        } finally {
            instance.stop();
            deleteAll(written);
        }
    }

    private static boolean measure(Instance instance, HeapLog heap, Path lots, Path written, PrintStream out)
            throws Exception {
        String town = RenewedLot.town(lots.resolve(CityFlow.REFERENCE.lot()));
        Targets targets = new Targets(out);
        try (CopyYardstick yardstick = new CopyYardstick(instance)) {
            warmUp(instance, lots, written, out);
            yardstick.empty(CityFlow.allTables());
            open(instance, town);
            CityBench city = new CityBench(instance, heap, town, lots, written, yardstick, targets, out);
            city.flows();
            city.deltasOfBookings();
            city.changedFlows();
            city.smallLots();
            city.families();
        }
        return targets.allReached();
    }

    /** Java compiles what runs often: a server that has just started is not the one that works through the night. */
    private static void warmUp(Instance instance, Path lots, Path written, PrintStream out) throws Exception {
        open(instance, WARM_UP);
        out.println(
                "lots after the start, until they take what they will take, of a town that is forgotten afterwards:");
        for (CityFlow flow : CityFlow.values()) {
            List<Double> again = new ArrayList<>();
            long start = System.nanoTime();
            for (long sequence = 1; !settled(again) && (System.nanoTime() - start) / 1e9 < MOST_SECONDS; sequence++) {
                Path lot = RenewedLot.of(lots.resolve(flow.lot()), written, WARM_UP, sequence);
                Sent sent = Sent.of(instance, WARM_UP, lot);
                out.printf(java.util.Locale.ROOT, "  %-14s %8.2f s, %.2f CPU s%n", flow, sent.wall(), sent.cpu());
                Files.delete(lot);
                if (sequence > 1) {
                    again.add(sent.cpu());
                }
            }
        }
    }

    /**
     * Whether the last times are as good as the best of all, but for a tenth: three in a row may be, while Java still
     * compiles.
     */
    private static boolean settled(List<Double> times) {
        if (times.size() < SETTLED) {
            return false;
        }
        double best = Collections.min(times);
        return times.subList(times.size() - SETTLED, times.size()).stream().allMatch(time -> time <= 1.1 * best);
    }

    static void open(Instance instance, String town) {
        PortalApi.Answer opened = instance.api().openTown(town, "Banc d'essai", "banc@bench.example");
        if (!opened.ok()) {
            throw new Problem("The town could not be opened: HTTP " + opened.status());
        }
    }

    static void deleteAll(Path folder) throws java.io.IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
