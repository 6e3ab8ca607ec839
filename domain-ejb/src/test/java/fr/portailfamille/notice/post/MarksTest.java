package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P11")
class MarksTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    private final Marks marks = new Marks();

    @Test
    void come_in_the_order_in_which_they_were_asked_for_and_then_end() throws InterruptedException {
        marks.ask(1, 10, AT);
        marks.ask(1, 11, AT);
        marks.close();
        assertThat(marks.next().notice()).isEqualTo(10);
        assertThat(marks.next().notice()).isEqualTo(11);
        assertThat(marks.next()).isNull();
    }

    @Test
    void nobody_waits_for_a_worker_that_is_gone() {
        CompletableFuture<Void> before = marks.ask(1, 10, AT);
        marks.abandon(new IllegalStateException("gone"));
        CompletableFuture<Void> after = marks.ask(1, 11, AT);
        assertThatThrownBy(before::join).hasRootCauseMessage("gone");
        assertThatThrownBy(after::join).hasRootCauseMessage("gone");
    }

    @Test
    void of_one_are_that_one() throws InterruptedException {
        Marks one = Marks.of(3, 7, AT);
        assertThat(one.next()).extracting(Marks.Mark::town, Marks.Mark::notice).containsExactly(3, 7L);
        assertThat(one.next()).isNull();
    }
}
