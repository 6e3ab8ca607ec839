package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Waiting;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lots of one flow that come in at the same instant: each is answered as if it had come alone, and applied once and in order. */
@Tag("container")
@Tag("X2")
@Tag("X3")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LotsAtOnceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS = 5;

    /** As many as a town may send at once. */
    private static final int SENDERS = 4;

    private final Vendor vendor = Vendor.ofNewTown();

    @Test
    void of_several_lots_with_one_sequence_one_is_taken_and_the_others_are_conflicts() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            int sequence = round;
            List<TestLot> lots = IntStream.range(0, SENDERS)
                    .mapToObj(i -> named(sequence, "Version " + sequence + "." + i))
                    .toList();
            List<Vendor.Answer> answers = sendAtOnce(lots);
            assertThat(answers).extracting(Vendor.Answer::status).containsExactlyInAnyOrder(202, 409, 409, 409);
            int taken = IntStream.range(0, SENDERS)
                    .filter(i -> answers.get(i).status() == 202)
                    .findFirst()
                    .orElseThrow();
            for (Vendor.Answer answer : answers) {
                assertThat(answer.status() == 202 || answer.code().equals("SEQUENCE_REPLAYED"))
                        .as(answer.body())
                        .isTrue();
            }
            awaitApplied(lots.get(taken));
            assertThat(firstName()).isEqualTo("Version " + sequence + "." + taken);
        }
        assertThat(lotsAndRuns()).isEqualTo(ROUNDS + " lots, " + ROUNDS + " runs");
    }

    @Test
    void one_lot_sent_several_times_is_taken_once_and_known_after_that() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            TestLot lot = named(round, "Version " + round);
            List<Vendor.Answer> answers = sendAtOnce(Collections.nCopies(SENDERS, lot));
            assertThat(answers).extracting(Vendor.Answer::status).containsExactlyInAnyOrder(202, 200, 200, 200);
            assertThat(answers)
                    .extracting(answer -> answer.json().getString("lotId"))
                    .containsOnly(lot.id().toString());
            JsonObject rows = awaitApplied(lot).getJsonObject("rows");
            assertThat(rows.getInt("created") + rows.getInt("changed"))
                    .as(rows.toString())
                    .isOne();
        }
        assertThat(lotsAndRuns()).isEqualTo(ROUNDS + " lots, " + ROUNDS + " runs");
    }

    @Test
    void a_lot_and_those_after_it_are_all_taken_and_applied_in_their_order() throws Exception {
        vendor.apply(named(1, "Version 1"));
        int sequence = 1;
        for (int round = 1; round <= ROUNDS; round++) {
            List<TestLot> lots = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sequence++;
                lots.add(named(sequence, "Version " + sequence));
            }
            Collections.rotate(lots, round);
            assertThat(sendAtOnce(lots)).extracting(Vendor.Answer::status).containsOnly(202);
            for (TestLot lot : lots) {
                awaitApplied(lot);
            }
            assertThat(firstName()).isEqualTo("Version " + sequence);
        }
        assertThat(
                        vendor.value(
                                "select string_agg(l.sequence::text, ' ' order by l.ended_at) = "
                                        + "string_agg(l.sequence::text, ' ' order by l.sequence) from app.lot l where l.town_id = :town"))
                .as("applied in the order of their sequences")
                .isEqualTo("t");
        assertThat(vendor.value("select count(distinct r.lot_id) from app.processing_run r where r.town_id = :town"
                        + " and r.merged"))
                .isEqualTo(Integer.toString(sequence));
    }

    private TestLot named(int sequence, String firstName) {
        TestLot lot = sequence == 1
                ? TestLot.full(vendor.town(), "individuals", 1)
                : TestLot.delta(vendor.town(), "individuals", sequence);
        return lot.file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUX," + firstName);
    }

    private List<Vendor.Answer> sendAtOnce(List<TestLot> lots) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(lots.size());
        CountDownLatch ready = new CountDownLatch(lots.size());
        try {
            List<Future<Vendor.Answer>> sent = new ArrayList<>();
            for (TestLot lot : lots) {
                byte[] zip = lot.zip();
                sent.add(senders.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return vendor.send(zip);
                }));
            }
            List<Vendor.Answer> answers = new ArrayList<>();
            for (Future<Vendor.Answer> each : sent) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            senders.shutdownNow();
        }
    }

    /** Also where it has to wait for the one before it. */
    private JsonObject awaitApplied(TestLot lot) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonObject state = vendor.follow(lot.id());
        while (state.getString("state").equals("WAITING") && System.nanoTime() < end) {
            Waiting.aMoment();
            state = vendor.follow(lot.id());
        }
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state;
    }

    private String firstName() throws SQLException {
        return vendor.value("select first_name from app.individual where town_id = :town and ref = 'I1'");
    }

    private String lotsAndRuns() throws SQLException {
        return vendor.value("select (select count(*) from app.lot where town_id = :town) || ' lots, '"
                + " || (select count(*) from app.processing_run where town_id = :town) || ' runs'");
    }
}
