package fr.portailfamille.notice.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.notice.Addressee;
import fr.portailfamille.notice.digest.ToldFamilies.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P11")
@Timeout(30)
class FamilyQueueTest {

    private final FamilyQueue queue = new FamilyQueue();
    private final List<Long> taken = new ArrayList<>();

    @Test
    void all_come_over_in_their_order_however_many() {
        CompletableFuture<Void> reading = reading(10_001);
        queue.empty(reading, this::take, FamilyQueueTest::never);
        assertThat(taken).isEqualTo(LongStream.range(0, 10_001).boxed().toList());
        assertThat(reading).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void nobody_to_tell_is_an_end_too() {
        queue.empty(reading(0), this::take, FamilyQueueTest::never);
        assertThat(taken).isEmpty();
    }

    @Test
    void the_writer_hears_of_what_the_reader_failed_at() {
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> queue.fill(taker -> {
            LongStream.range(0, 1_000).forEach(each -> taker.accept(family(each)));
            throw new IllegalArgumentException("no more");
        }));
        assertThatThrownBy(() -> queue.empty(reading, this::take, FamilyQueueTest::never))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no more");
    }

    @Test
    void the_writer_reads_by_itself_where_the_reader_failed_before_it_had_read_anything() {
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> queue.fill(taker -> {
            throw new IllegalArgumentException("no connection");
        }));
        queue.empty(reading, this::take, () -> take(family(7)));
        assertThat(taken).containsExactly(7L);
    }

    @Test
    void the_reader_ends_when_the_writer_fails() {
        CompletableFuture<Void> reading = reading(100_000);
        assertThatThrownBy(() -> queue.empty(
                        reading,
                        family -> {
                            throw new IllegalArgumentException("full");
                        },
                        FamilyQueueTest::never))
                .hasMessage("full");
        assertThat(reading)
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(CancellationException.class);
    }

    @Test
    void the_writer_reads_by_itself_where_nobody_comes_to_it_and_nobody_does_it_twice() {
        queue.empty(new CompletableFuture<>(), this::take, () -> take(family(7)));
        queue.fill(taker -> never());
        assertThat(taken).containsExactly(7L);
    }

    private CompletableFuture<Void> reading(long families) {
        return CompletableFuture.runAsync(() ->
                queue.fill(taker -> LongStream.range(0, families).forEach(each -> taker.accept(family(each)))));
    }

    private void take(Told family) {
        taken.add(family.to().account());
    }

    private static Told family(long account) {
        return new Told(new Addressee(account, "a@b.invalid", null, "A", "B"), "[]", 1, 0);
    }

    private static void never() {
        throw new AssertionError("nobody else was to read");
    }
}
