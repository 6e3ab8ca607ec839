package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Bench;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the server's heap holds, when all that is not in use is collected, while lots of bookings of two sizes are imported:
 * memory must not grow with the lot.
 */
public final class HeapBench implements Bench {

    private static final long FEW = 100_000;
    private static final long MANY = 10_000_000;
    private static final int GROWTH_MIB = 64;
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final int DAYS = 300;
    private static final int SCHEDULES = 4;

    @Override
    public String name() {
        return "import-heap";
    }

    @Override
    public String summary() {
        return "the server's heap while bookings are imported, 100,000 and then 10 million (1 argument: another number)";
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        long many = arguments.isEmpty() ? MANY : Long.parseLong(arguments.get(0));
        Path log = stateFolder.resolve("heap.log");
        Files.createDirectories(stateFolder);
        Instance instance = Instance.in(stateFolder)
                .ports(Ports.free())
                .environment("PORTAIL_DEMONSTRATION", "false")
                .serverOption(HeapLog.option(log))
                .build();
        Path written = Files.createTempDirectory("bench-lots");
        Targets targets = new Targets(out);
        try {
            instance.start();
            HeapLog heap =
                    new HeapLog(log, instance.serverProcess().orElseThrow().pid());
            most(instance, heap, written, "tas-essai", FEW, out);
            long few = most(instance, heap, written, "tas-petit", FEW, out);
            long large = most(instance, heap, written, "tas-grand", many, out);
            targets.atMost("growth of the heap with the number of rows", Math.max(0, large - few), GROWTH_MIB, "MiB");
        } finally {
            instance.stop();
            ImportBench.deleteAll(written);
        }
        return targets.allReached();
    }

    /** The most that was in use at once, in MiB. */
    private static long most(Instance instance, HeapLog heap, Path written, String town, long rows, PrintStream out)
            throws Exception {
        ImportBench.open(instance, town);
        int children = (int) Math.max(1, rows / DAYS / SCHEDULES);
        Sent.of(instance, town, reference(written, town));
        Sent.of(instance, town, people(written, town, children));
        Path lot = bookings(written, town, children);
        long before = heap.settled();
        CompletableFuture<Sent> imported = CompletableFuture.supplyAsync(() -> Sent.of(instance, town, lot));
        long most = before;
        while (!imported.isDone()) {
            most = Math.max(most, heap.settled());
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
        }
        Sent sent = imported.get();
        out.printf(
                Locale.ROOT,
                "%,d bookings in %.1f s: %d MiB before, %d MiB at most%n",
                sent.rows(),
                sent.wall(),
                before,
                most);
        return most;
    }

    private static Path reference(Path written, String town) throws IOException {
        return new WrittenLot(written, town, "reference", "full", 1)
                .file("facilities.csv", "facility_ref,name,kind", Stream.of("E1,École,school"))
                .file(
                        "activities.csv",
                        "activity_ref,name,kind,decision",
                        Stream.of("CANT,Restauration,canteen,automatic"))
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,valid_from,valid_to",
                        IntStream.rangeClosed(1, SCHEDULES)
                                .mapToObj(s ->
                                        "S" + s + ",CANT,E1,12:00,13:45,1234567," + FIRST + "," + FIRST.plusDays(DAYS)))
                .write();
    }

    private static Path people(Path written, String town, int children) throws IOException {
        return new WrittenLot(written, town, "individuals", "full", 1)
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name",
                        IntStream.rangeClosed(1, children).mapToObj(i -> "I" + i + ",BANC,Essai"))
                .write();
    }

    private static Path bookings(Path written, String town, int children) throws IOException {
        return new WrittenLot(written, town, "bookings", "full", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        FIRST.datesUntil(FIRST.plusDays(DAYS))
                                .flatMap(day -> IntStream.rangeClosed(1, SCHEDULES)
                                        .boxed()
                                        .flatMap(s -> IntStream.rangeClosed(1, children)
                                                .mapToObj(i -> "I" + i + ",S" + s + "," + day + ",booked"))))
                .write();
    }
}
