package fr.portailfamille.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ActsTest {

    private final Acts acts = new Acts();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void an_act_sent_twice_at_once_runs_once_and_answers_both() throws Exception {
        UUID key = UUID.randomUUID();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(threads.submit(() -> acts.once(key, () -> "page" + runs.incrementAndGet())));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("page1");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_act_that_was_not_done_may_be_tried_again() {
        UUID key = UUID.randomUUID();

        assertThat(acts.once(key, () -> null)).isNull();
        assertThat(acts.once(key, () -> "done")).isEqualTo("done");
    }

    @Test
    void another_form_is_another_act() {
        acts.once(UUID.randomUUID(), () -> "a" + runs.incrementAndGet());
        acts.once(UUID.randomUUID(), () -> "b" + runs.incrementAndGet());

        assertThat(runs).hasValue(2);
    }
}
