package fr.portailfamille.notice.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The half-open windows of a town's digests, each (end of the one before, its own end], ending at hours of the day in
 * the town's zone. An hour that a clock change skips is shifted forward, one that comes twice is the first.
 */
record DigestWindows(List<LocalTime> hours, ZoneId zone) {

    DigestWindows {
        hours = List.copyOf(hours);
    }

    /** The end of the last window that is over at this instant; empty for a town without hours. */
    Optional<Instant> lastEnd(Instant now) {
        return Optional.ofNullable(endsAround(now).floor(now));
    }

    private TreeSet<Instant> endsAround(Instant instant) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        TreeSet<Instant> ends = new TreeSet<>();
        // Two days on either side: more than any shift of the clocks can move an hour.
        for (int offset = -2; offset <= 2; offset++) {
            for (LocalTime hour : hours) {
                ends.add(day.plusDays(offset).atTime(hour).atZone(zone).toInstant());
            }
        }
        return ends;
    }
}
