package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.CellId;
import fr.portailfamille.booking.FamilyPlanning;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Families submit and withdraw at once while two readers pull: nothing is lost, nothing comes twice, each in its order. */
@Tag("container")
@Tag("X6")
@ExtendWith(ArquillianExtension.class)
class OutgoingOrderIT {

    /** {@code -Dportail.seed=…} draws the same story again, as far as threads allow. */
    private static final long SEED = Long.getLong("portail.seed", System.nanoTime());

    private static final int FAMILIES = 6;
    private static final int ACTS = 25;

    @EJB
    private FamilyPlanning planning;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    /** What a reader was given, by the cursor and limit that it asked with. */
    private record Asked(String after, int limit) {}

    @Test
    void nothing_is_lost_nothing_comes_twice_and_each_family_in_its_order() throws Exception {
        OutgoingScene scene = new OutgoingScene(planning, clock, owner);
        Puller puller = scene.puller();
        Random seeds = new Random(SEED);
        ExecutorService threads = Executors.newFixedThreadPool(FAMILIES + 2);
        try {
            List<Future<List<String>>> families = new ArrayList<>();
            for (int i = 0; i < FAMILIES; i++) {
                Random random = new Random(seeds.nextLong());
                OutgoingScene.Family family = scene.new Family();
                families.add(threads.submit(() -> acts(scene, family, random)));
            }
            Callable<Boolean> over = () -> families.stream().allMatch(Future::isDone);
            Random one = new Random(seeds.nextLong());
            Random two = new Random(seeds.nextLong());
            Future<List<String>> first = threads.submit(() -> read(puller, one, over, true));
            Future<List<String>> second = threads.submit(() -> read(puller, two, over, false));

            List<String> read = first.get();
            assertThat(read).as("seed %d", SEED).doesNotHaveDuplicates();
            assertThat(second.get()).as("both readers, seed %d", SEED).isEqualTo(read);
            int expected = 0;
            for (Future<List<String>> family : families) {
                List<String> acts = family.get();
                expected += acts.size();
                assertThat(read.stream().filter(acts::contains).toList())
                        .as("order, seed %d", SEED)
                        .isEqualTo(acts);
            }
            assertThat(read).as("seed %d", SEED).hasSize(expected);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Books and withdraws; says what it did, in its order. */
    private static List<String> acts(OutgoingScene scene, OutgoingScene.Family family, Random random) throws Exception {
        List<String> acts = new ArrayList<>();
        Map<CellId, String> waiting = new LinkedHashMap<>();
        for (int i = 0; i < ACTS; i++) {
            if (!waiting.isEmpty() && random.nextInt(3) == 0) {
                CellId cell = waiting.keySet().iterator().next();
                assertThat(family.withdraw(cell)).isTrue();
                acts.add("withdraw " + waiting.remove(cell) + " " + cell.day());
            } else {
                CellId cell = family.cell(scene.decidedThere);
                String ref =
                        random.nextBoolean() ? family.book(cell) : family.book(cell, family.cell(scene.decidedHere));
                waiting.put(cell, ref);
                acts.add("new " + ref);
            }
        }
        return acts;
    }

    /** Follows the cursor, in lots of any size, sometimes goes back, and at the end reads what is left. */
    private static List<String> read(Puller puller, Random random, Callable<Boolean> over, boolean acknowledges)
            throws Exception {
        List<String> told = new ArrayList<>();
        Map<Asked, byte[]> before = new LinkedHashMap<>();
        String cursor = "0";
        while (true) {
            boolean last = over.call();
            Asked asked = new Asked(cursor, 1 + random.nextInt(9));
            Puller.Answer answer = puller.pullAfter(asked.after(), asked.limit());
            if (answer.status() == 204) {
                if (last) {
                    return told;
                }
                continue;
            }
            Puller.Lot lot = answer.lot();
            assertThat(lot.column("requests.csv", "request_ref"))
                    .hasSizeLessThanOrEqualTo(asked.limit())
                    .doesNotHaveDuplicates();
            tell(lot, told);
            before.put(asked, answer.body());
            cursor = answer.nextCursor();
            if (acknowledges && random.nextInt(3) == 0) {
                assertThat(puller.acknowledge(cursor).status()).isEqualTo(200);
            }
            if (random.nextInt(4) == 0) {
                List<Asked> all = List.copyOf(before.keySet());
                Asked again = all.get(random.nextInt(all.size()));
                assertThat(puller.pullAfter(again.after(), again.limit()).body())
                        .as("again %s, seed %d", again, SEED)
                        .isEqualTo(before.get(again));
            }
        }
    }

    private static void tell(Puller.Lot lot, List<String> told) {
        Map<String, String> days = new LinkedHashMap<>();
        lot.rows("booking_lines.csv").forEach(row -> days.put(row.get("request_ref"), row.get("date")));
        for (Map<String, String> row : lot.rows("requests.csv")) {
            String ref = row.get("request_ref");
            told.add(
                    row.get("operation").equals("new")
                            ? "new " + ref
                            : "withdraw " + row.get("withdraws_ref") + " " + days.get(ref));
        }
    }
}
