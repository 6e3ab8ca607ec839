package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P11")
@Timeout(10)
class PooledAsideTest {

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final List<String> doors = new ArrayList<>();
    private final Aside aside = new PooledAside(pool, work -> {
        doors.add("opened");
        work.run();
    });

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void work_is_done_behind_the_door() {
        assertThat(aside.ask(() -> 7).join()).isEqualTo(7);
        assertThat(doors).hasSize(1);
    }

    @Test
    void work_that_fails_ends_in_its_fault() {
        CompletableFuture<Object> answer = aside.ask(() -> {
            throw new IllegalStateException("no note could be made");
        });
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobody_waits_for_ever_for_work_that_ends_in_an_error() {
        CompletableFuture<Object> answer = aside.ask(() -> {
            throw new NoClassDefFoundError("a class is missing");
        });
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void a_pool_that_has_ended_answers_with_a_fault_and_throws_nothing() {
        pool.shutdown();
        assertThat(aside.ask(() -> 7)).isCompletedExceptionally();
        assertThat(aside.ask(() -> 7))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        assertThat(doors).isEmpty();
    }
}
