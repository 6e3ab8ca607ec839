package fr.portailfamille.launcher.chaos;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** What the clock says of servers that are started on a day of their own: ten in Paris at first, and on from there. */
final class ServerTime {

    private static final int HOUR = 10;

    private final Instant morning;
    private final long started = System.nanoTime();

    private ServerTime(Instant morning) {
        this.morning = morning;
    }

    static ServerTime begin(LocalDate day) {
        return new ServerTime(
                day.atTime(HOUR, 0).atZone(ZoneId.of("Europe/Paris")).toInstant());
    }

    /** As a server's that was started with it. */
    Instant now() {
        return morning.plusNanos(System.nanoTime() - started);
    }
}
