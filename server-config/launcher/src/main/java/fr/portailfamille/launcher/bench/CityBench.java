package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.FamilyVisit;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Role;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The measurements on one city, in their order: each finds what the ones before it have left. */
final class CityBench {

    private static final int HEAP_MIB = 64;
    private static final int DELTA_ROWS = 200_000;
    private static final int SMALL = 10;
    /** The first number that whole flows have left. */
    private static final long NEXT = 2L * CopyYardstick.TIMES + 1;

    /** Of people, all of whom were changed some times since. */
    private static final long NEXT_PEOPLE = NEXT + CopyYardstick.TIMES;

    private static final int SMALL_LOTS = 7;
    private static final int LOOKS = 60;
    private static final long BETWEEN_LOOKS = 150_000_000;

    private final Instance instance;
    private final HeapLog heap;
    private final String town;
    private final Path lots;
    private final Path written;
    private final CopyYardstick yardstick;
    private final Targets targets;
    private final PrintStream out;
    private final Map<CityFlow, CopyYardstick.Measured> copied = new EnumMap<>(CityFlow.class);
    private long bookingsSequence = NEXT;

    CityBench(
            Instance instance,
            HeapLog heap,
            String town,
            Path lots,
            Path written,
            CopyYardstick yardstick,
            Targets targets,
            PrintStream out) {
        this.instance = instance;
        this.heap = heap;
        this.town = town;
        this.lots = lots;
        this.written = written;
        this.yardstick = yardstick;
        this.targets = targets;
        this.out = out;
    }

    // ---- whole flows ---------------------------------------------------------------------------------------------

    void flows() throws Exception {
        for (CityFlow flow : CityFlow.values()) {
            List<Sent> firsts = new ArrayList<>();
            List<CopyYardstick.Measured> copies = new ArrayList<>();
            List<Sent> again = new ArrayList<>();
            long growth = 0;
            // In turns: a machine that is shared works faster in one minute than in the next.
            for (int round = 0; round < CopyYardstick.TIMES; round++) {
                if (round > 0) {
                    yardstick.empty(flow.tables());
                    yardstick.forget(flow);
                }
                long before = heap.last();
                int mark = heap.mark();
                firsts.add(round == 0 ? sendItself(flow) : send(flow, 2L * round + 1));
                growth = Math.max(growth, heap.peakSince(mark) - before);
                copies.add(yardstick.ofTables(flow.tables()));
                again.add(send(flow, 2L * round + 2));
            }
            Sent first = Sent.median(firsts);
            Sent second = Sent.median(again);
            CopyYardstick.Measured copy = CopyYardstick.median(copies);
            out.printf(Locale.ROOT, "%s: %,d rows, %,.0f a second%n", flow, first.rows(), first.rows() / first.wall());
            against("first load", first, copy);
            against("unchanged content", second, copy);
            out.printf(
                    Locale.ROOT,
                    "  each round: first load %s s, COPY %s s, unchanged %s s%n",
                    each(firsts.stream().map(Sent::wall)),
                    each(copies.stream().map(CopyYardstick.Measured::wall)),
                    each(again.stream().map(Sent::wall)));
            copied.put(flow, copy);
            if (again.stream().anyMatch(sent -> sent.created() + sent.changed() + sent.archived() > 0)) {
                throw new Problem("The same content has changed something: " + again);
            }
            targets.atMost(flow + ", growth of the heap meanwhile", growth, HEAP_MIB, "MiB");
            if (flow.speed() > 0) {
                targets.atLeast(
                        flow + ", speed of the first load in COPYs", copy.wall() / first.wall(), flow.speed(), "");
                targets.atMost(
                        flow + ", time of the unchanged content in COPYs",
                        second.wall() / copy.wall(),
                        flow.unchanged(),
                        "");
            }
        }
    }

    /**
     * All rows changed, in tables that hold them. Told and not judged: COPY writes no line of the change log, as each of
     * these does, and it fills two tables that no file changes. After the others: tables all rows of which have changed
     * several times within a minute are four times as large, and slow down what looks at them.
     */
    void changedFlows() throws Exception {
        for (Map.Entry<CityFlow, CopyYardstick.Measured> each : copied.entrySet()) {
            if (each.getKey().changes()) {
                changed(each.getKey(), each.getValue());
            }
        }
        yardstick.settle();
    }

    private void changed(CityFlow flow, CopyYardstick.Measured copy) throws Exception {
        List<Sent> several = new ArrayList<>();
        for (int time = 0; time < CopyYardstick.TIMES; time++) {
            Path lot = ChangedLot.of(lots.resolve(flow.lot()), written, town, flow, NEXT + time, time);
            yardstick.checkpoint();
            several.add(Sent.of(instance, town, lot));
            Files.delete(lot);
        }
        if (several.stream().anyMatch(each -> each.changed() != each.rows())) {
            throw new Problem("Not all rows have changed: " + several);
        }
        out.printf("%s:%n", flow);
        against("all rows changed", Sent.median(several), copy);
    }

    private static String each(Stream<Double> seconds) {
        return seconds.map(one -> String.format(Locale.ROOT, "%.2f", one)).collect(Collectors.joining(", "));
    }

    private Sent sendItself(CityFlow flow) throws Exception {
        yardstick.checkpoint();
        return Sent.of(instance, town, lots.resolve(flow.lot()));
    }

    private Sent send(CityFlow flow, long sequence) throws Exception {
        Path lot = RenewedLot.of(lots.resolve(flow.lot()), written, town, sequence);
        yardstick.checkpoint();
        Sent sent = Sent.of(instance, town, lot);
        Files.delete(lot);
        return sent;
    }

    private void against(String what, Sent sent, CopyYardstick.Measured copy) {
        out.printf(
                Locale.ROOT,
                "  %-20s %7.2f s, CPU %.2f s (server %.2f + database %.2f); COPY of %,d rows %.2f s, CPU %.2f s: time %.0f %%, CPU %.0f %%%n",
                what,
                sent.wall(),
                sent.cpu(),
                sent.serverCpu(),
                sent.databaseCpu(),
                copy.rows(),
                copy.wall(),
                copy.cpu(),
                100 * sent.wall() / copy.wall(),
                100 * sent.cpu() / copy.cpu());
    }

    // ---- new and changed bookings --------------------------------------------------------------------------------

    /** The last days' bookings: taken out and sent as new, then all of them with the other state; in turns with COPY. */
    void deltasOfBookings() throws Exception {
        String some = "day >= '" + lastDays() + "'";
        List<CopyYardstick.Measured> copies = new ArrayList<>();
        List<Sent> fresh = new ArrayList<>();
        List<Sent> turned = new ArrayList<>();
        for (int round = 0; round < CopyYardstick.TIMES; round++) {
            copies.add(yardstick.ofBookings(some));
            Path lot = bookings("case b.state when 'BOOKED' then 'booked' else 'absent' end", some);
            yardstick.delete("booking", some);
            fresh.add(Sent.of(instance, town, lot));
            lot = bookings("case b.state when 'BOOKED' then 'absent' else 'booked' end", some);
            yardstick.checkpoint();
            turned.add(Sent.of(instance, town, lot));
        }
        CopyYardstick.Measured copy = CopyYardstick.median(copies);
        out.println("bookings of the last days:");
        delta("new", fresh, copy);
        delta("changed", turned, copy);
        out.printf(
                Locale.ROOT,
                "  each round: COPY %s s, new %s s, changed %s s%n",
                each(copies.stream().map(CopyYardstick.Measured::wall)),
                each(fresh.stream().map(Sent::wall)),
                each(turned.stream().map(Sent::wall)));
    }

    private void delta(String what, List<Sent> several, CopyYardstick.Measured copy) {
        if (several.stream().anyMatch(sent -> sent.created() + sent.changed() != copy.rows())) {
            throw new Problem("Not all bookings are " + what + ": " + several);
        }
        Sent sent = Sent.median(several);
        against(what, sent, copy);
        targets.atLeast(what + " bookings into live tables, speed in COPYs", copy.wall() / sent.wall(), 0.8, "");
    }

    private String lastDays() throws Exception {
        return yardstick
                .texts(
                        "select max(day)::text from (select day, sum(count(*)) over (order by day desc) as n from booking"
                                + " group by day) d where n >= least(" + DELTA_ROWS
                                + ", (select count(*) from booking) / 2)")
                .get(0);
    }

    private Path bookings(String state, String some) throws Exception {
        Path rows = yardstick.lines("select i.ref, c.ref, b.day, " + state + CopyYardstick.inOrderOfLots("b." + some));
        try (Stream<String> lines = Files.lines(rows)) {
            return new WrittenLot(written, town, "bookings", "delta", bookingsSequence++)
                    .file("bookings.csv", "individual_ref,schedule_ref,date,state", lines)
                    .write();
        }
    }

    // ---- small lots ----------------------------------------------------------------------------------------------

    void smallLots() throws Exception {
        Path bookings = lots.resolve(CityFlow.BOOKINGS.lot());
        List<Double> known = new ArrayList<>();
        for (int i = 0; i < SMALL_LOTS; i++) {
            long start = System.nanoTime();
            PortalApi.Answer answer = instance.api().sendLot(town, bookings, false);
            known.add((System.nanoTime() - start) / 1e9);
            if (answer.status() != 200) {
                throw new Problem("The same lot again: HTTP " + answer.status() + " " + answer.body());
            }
        }
        targets.atMost("the same file of bookings again, until it is answered", median(known), 1, "s");
        List<Double> visible = new ArrayList<>();
        for (int i = 0; i < SMALL_LOTS; i++) {
            visible.add(untilVisible(NEXT_PEOPLE + i));
        }
        targets.atMost("a delta of " + SMALL + " people, from sending it to seeing them", median(visible), 1, "s");
    }

    private double untilVisible(long sequence) throws Exception {
        String last = "B" + sequence + "-" + (SMALL - 1);
        Path lot = new WrittenLot(written, town, "individuals", "delta", sequence)
                .file(
                        "families.csv",
                        "family_ref,account_code,name",
                        Stream.of("BF" + sequence + ",BENCH-" + sequence + ",BANC"))
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,birth_date",
                        IntStream.range(0, SMALL).mapToObj(i -> "B" + sequence + "-" + i + ",BANC,Essai,2019-05-01"))
                .file(
                        "memberships.csv",
                        "family_ref,individual_ref,role",
                        IntStream.range(0, SMALL).mapToObj(i -> "BF" + sequence + ",B" + sequence + "-" + i + ",child"))
                .write();
        long start = System.nanoTime();
        PortalApi.Answer answer = instance.api().sendLot(town, lot, false);
        if (answer.status() != 202) {
            throw new Problem("A small lot: HTTP " + answer.status() + " " + answer.body());
        }
        while (yardstick
                .texts("select ref from individual where ref = '" + last + "'")
                .isEmpty()) {
            if (System.nanoTime() - start > 60_000_000_000L) {
                throw new Problem("Nobody of the small lot is there after a minute");
            }
            LockSupport.parkNanos(2_000_000);
        }
        double took = (System.nanoTime() - start) / 1e9;
        String location = answer.location().orElseThrow();
        while (!instance.api().get(town, location).json().getString("state").equals("APPLIED")) {
            LockSupport.parkNanos(10_000_000);
        }
        return took;
    }

    // ---- what families feel --------------------------------------------------------------------------------------

    /** A family looks at its planning again and again, in peace and while the city's bookings are imported. */
    void families() throws Exception {
        FamilyVisit family = FamilyVisit.of(instance, town, someFamily());
        looks(family, LOOKS);
        planningMeanwhile(family, "imported");
        yardstick.empty(CityFlow.BOOKINGS.tables());
        yardstick.forget(CityFlow.BOOKINGS);
        planningMeanwhile(family, "loaded for the first time");
    }

    private void planningMeanwhile(FamilyVisit family, String what) throws Exception {
        List<Double> peaceful = looks(family, LOOKS);
        Path lot = RenewedLot.of(lots.resolve(CityFlow.BOOKINGS.lot()), written, town, bookingsSequence++);
        CompletableFuture<Sent> imported = CompletableFuture.supplyAsync(() -> Sent.of(instance, town, lot));
        List<Double> meanwhile = new ArrayList<>();
        while (!imported.isDone()) {
            meanwhile.addAll(looks(family, 1));
        }
        Sent sent = imported.get();
        out.printf(
                Locale.ROOT,
                "planning in peace %.1f ms, while %,d bookings are %s (%,d of them changed) %.1f ms; the slowest of %d %.0f ms%n",
                median(peaceful),
                sent.rows(),
                what,
                sent.changed(),
                median(meanwhile),
                meanwhile.size(),
                Collections.max(meanwhile));
        targets.atMost(
                "a family's planning while bookings are " + what + ", times as slow",
                median(meanwhile) / median(peaceful),
                1.5,
                "");
    }

    private Person someFamily() throws Exception {
        String found = yardstick
                .texts(
                        "select concat_ws('|', a.account_code, i.birth_date) from business_account a join membership m"
                                + " on m.town_id = a.town_id and m.family_id = a.family_id and m.role = 'CHILD' join individual i"
                                + " on i.town_id = m.town_id and i.id = m.individual_id where i.birth_date is not null and exists"
                                + " (select from booking b where b.town_id = i.town_id and b.individual_id = i.id) order by a.ref limit 1")
                .get(0);
        String[] cells = found.split("\\|");
        return new Person(
                Role.CITIZEN, "MME", "BANC", "Essai", "essai@bench.example", cells[0], LocalDate.parse(cells[1]), "");
    }

    private static List<Double> looks(FamilyVisit family, int times) {
        List<Double> looks = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            looks.add(family.look());
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return looks;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
