package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** An error too: who asked would wait for ever. */
    @ParameterizedTest
    @MethodSource("faults")
    void work_that_fails_ends_in_its_fault(Throwable fault) {
        CompletableFuture<Object> answer = aside.ask(() -> {
            throw PooledAsideTest.<RuntimeException>unchecked(fault);
        });
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isSameAs(fault);
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalStateException("no note could be made"), new NoClassDefFoundError("a class is missing"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable fault) throws T {
        throw (T) fault;
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
