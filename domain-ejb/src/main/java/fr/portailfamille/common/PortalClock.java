package fr.portailfamille.common;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The clock of the portal, zone Europe/Paris, for everybody to inject as {@link Clock}. Tests may let it start at an
 * instant of their choice ({@code PORTAIL_TEST=true} and {@code PORTAIL_TEST_CLOCK}) and move it; anywhere else it is
 * the system's and cannot be moved.
 */
@ApplicationScoped
public class PortalClock {

    /** The zone of deadlines, digests and everything shown, unless a town has its own. */
    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final boolean movable;
    private final Duration begun;
    private volatile Duration offset;

    public PortalClock() {
        this(Boolean.parseBoolean(System.getenv("PORTAIL_TEST")), System.getenv("PORTAIL_TEST_CLOCK"));
    }

    PortalClock(boolean movable, @Nullable String start) {
        this.movable = movable;
        begun = start == null || start.isBlank() ? Duration.ZERO : offsetOf(movable, Instant.parse(start));
        offset = begun;
    }

    /** From now on the clock goes from this instant. Only where the test flag is set. */
    public void startAt(Instant instant) {
        offset = offsetOf(movable, instant);
    }

    /** From now on the clock goes as if it had never been moved. */
    public void reset() {
        offset = begun;
    }

    private static Duration offsetOf(boolean movable, Instant instant) {
        if (!movable) {
            throw new IllegalStateException("The clock moves under the test flag only");
        }
        return Duration.between(Clock.systemUTC().instant(), instant);
    }

    @Produces
    @ApplicationScoped
    Clock clock() {
        return new Ticking(this, PARIS);
    }

    /** Needs a constructor without arguments for the container's proxy. */
    static class Ticking extends Clock {

        private final PortalClock portal;
        private final ZoneId zone;

        protected Ticking() {
            this(new PortalClock(), PARIS);
        }

        private Ticking(PortalClock portal, ZoneId zone) {
            this.portal = portal;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Ticking(portal, other);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(portal.offset);
        }
    }
}
