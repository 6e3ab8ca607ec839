package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class PortalClockTest {

    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void starts_where_a_test_says() {
        assertThat(new PortalClock(true, MONDAY.toString()).clock().instant())
                .isCloseTo(MONDAY, within(1, ChronoUnit.MINUTES));
    }

    @Test
    void tells_the_time_of_Paris() {
        assertThat(new PortalClock(false, null).clock().getZone()).isEqualTo(PortalClock.PARIS);
    }

    @Test
    void goes_as_it_began_when_it_was_moved_and_is_reset() {
        PortalClock portal = new PortalClock(true, MONDAY.toString());
        portal.startAt(MONDAY.plus(Duration.ofDays(365)));
        assertThat(portal.clock().instant()).isAfter(MONDAY.plus(Duration.ofDays(364)));
        portal.reset();
        assertThat(portal.clock().instant()).isBetween(MONDAY, MONDAY.plus(Duration.ofDays(1)));
    }

    @Test
    void cannot_be_moved_without_the_test_flag() {
        assertThatThrownBy(() -> new PortalClock(false, MONDAY.toString())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new PortalClock(false, null).startAt(MONDAY))
                .isInstanceOf(IllegalStateException.class);
    }
}
