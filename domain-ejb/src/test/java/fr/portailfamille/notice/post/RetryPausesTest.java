package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P11")
class RetryPausesTest {

    private static final Instant QUEUED = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void pauses_grow_and_end_after_five_days() {
        Instant now = QUEUED;
        Duration before = Duration.ZERO;
        int tries = 1;
        for (Optional<Instant> next = RetryPauses.next(tries, QUEUED, now);
                next.isPresent();
                next = RetryPauses.next(++tries, QUEUED, now)) {
            Duration pause = Duration.between(now, next.get());
            assertThat(pause).isGreaterThanOrEqualTo(before);
            before = pause;
            now = next.get();
        }
        assertThat(now).isBetween(QUEUED.plus(Duration.ofHours(110)), QUEUED.plus(Duration.ofDays(5)));
        assertThat(tries).isBetween(20, 60);
    }

    @Test
    void a_server_out_of_reach_is_tried_again_within_a_minute_at_most() {
        assertThat(RetryPauses.untilServerIsTriedAgain(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(RetryPauses.untilServerIsTriedAgain(3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(RetryPauses.untilServerIsTriedAgain(1_000_000)).isEqualTo(Duration.ofSeconds(60));
    }
}
