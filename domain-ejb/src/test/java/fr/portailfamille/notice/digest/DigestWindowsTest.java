package fr.portailfamille.notice.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
class DigestWindowsTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DigestWindows USUAL =
            new DigestWindows(List.of(LocalTime.of(13, 0), LocalTime.of(18, 0)), PARIS);

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:00:00Z, 2026-11-20T12:00:00Z",
        "2026-11-20T16:59:59.999999Z, 2026-11-20T12:00:00Z",
        "2026-11-20T17:00:00Z, 2026-11-20T17:00:00Z",
        "2026-11-21T11:59:59.999999Z, 2026-11-20T17:00:00Z",
        // Both changes of the clocks: 13:00 is 12:00Z in winter, 11:00Z in summer.
        "2026-03-29T10:59:59Z, 2026-03-28T17:00:00Z",
        "2026-03-29T11:00:00Z, 2026-03-29T11:00:00Z",
        "2026-10-25T11:59:59Z, 2026-10-24T16:00:00Z",
        "2026-10-25T12:00:00Z, 2026-10-25T12:00:00Z"
    })
    void a_window_is_over_at_its_hour(Instant now, Instant end) {
        assertThat(USUAL.lastEnd(now)).contains(end);
    }

    @Test
    void a_town_without_hours_has_no_windows() {
        assertThat(new DigestWindows(List.of(), PARIS).lastEnd(Instant.EPOCH)).isEmpty();
    }

    @Test
    void an_hour_that_the_clocks_skip_is_shifted_and_one_that_comes_twice_is_the_first() {
        DigestWindows night = new DigestWindows(List.of(LocalTime.of(2, 30)), PARIS);
        assertThat(night.lastEnd(Instant.parse("2026-03-29T12:00:00Z")))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(night.lastEnd(Instant.parse("2026-10-25T12:00:00Z")))
                .contains(Instant.parse("2026-10-25T00:30:00Z"));
    }

    /** A decision, as its transaction goes: the instant it has in mind, when it records, and when it commits. */
    private record Act(Instant meant, Instant records, Instant commits) {}

    /** A window, and when it was closed. */
    private record Closed(Instant begin, Instant end, Instant at) {}

    /**
     * The rules of {@code RecordedAt} and {@code close_digests}, over a year of decisions that are committed late and a
     * timer that is missed, late, and runs twice. Half of the instants are drawn around the two changes of the clocks and
     * around the strokes themselves.
     */
    @ParameterizedTest
    @ValueSource(strings = {"13:00,18:00", "02:30,03:00,03:30", "00:00", "23:59,00:01"})
    void missed_late_and_double_runs_tell_each_decision_exactly_once(String hours) {
        DigestWindows windows = windows(hours);
        SplittableRandom random = new SplittableRandom(20261121);
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Instant meant = draw(random, windows);
            boolean slow = random.nextInt(50) == 0;
            Instant records = meant.plusMillis(slow ? random.nextInt(600_000) : 2);
            acts.add(new Act(meant, records, records.plusMillis(slow ? random.nextInt(600_000) : 3)));
        }
        acts.sort(Comparator.comparing(Act::records));

        NavigableMap<Instant, Closed> closed = new TreeMap<>();
        Instant closedUntil = Instant.MIN;
        Instant busyUntil = Instant.MIN;
        int refused = 0;
        int next = 0;
        Map<Act, Instant> recorded = new IdentityHashMap<>();
        Instant stop = Instant.parse("2027-02-01T00:00:00Z");
        for (Instant look = Instant.parse("2025-12-01T00:00:00Z"); look.isBefore(stop); ) {
            for (; next < acts.size() && !acts.get(next).records().isAfter(look); next++) {
                Act act = acts.get(next);
                Instant first = closedUntil.equals(Instant.MIN) ? Instant.MIN : closedUntil.plusNanos(1000);
                recorded.put(act, act.meant().isAfter(first) ? act.meant() : first);
                busyUntil = act.commits().isAfter(busyUntil) ? act.commits() : busyUntil;
            }
            for (int run = 0; run <= random.nextInt(2); run++) {
                Instant end = windows.lastEnd(look).orElseThrow();
                if (end.isAfter(closedUntil) && busyUntil.isAfter(look)) {
                    refused++;
                } else if (end.isAfter(closedUntil)) {
                    closed.put(end, new Closed(closedUntil, end, look));
                    closedUntil = end;
                }
            }
            // Mostly every few minutes; now and then the server is down for up to two days.
            look = look.plusSeconds(random.nextInt(100) == 0 ? random.nextInt(172_800) : 1 + random.nextInt(1_800));
        }
        assertThat(refused)
                .as("windows that stayed open because somebody was recording")
                .isPositive();
        assertThat(recorded).hasSize(100_000);
        recorded.forEach((act, at) -> {
            Closed window = closed.ceilingEntry(at).getValue();
            assertThat(window.begin().isBefore(at) && !window.end().isBefore(at))
                    .isTrue();
            assertThat(act.commits())
                    .as("committed before its window is closed")
                    .isBeforeOrEqualTo(window.at());
        });
        Instant before = Instant.MIN;
        for (Closed window : closed.values()) {
            assertThat(window.begin()).as("windows follow one another").isEqualTo(before);
            before = window.end();
        }
    }

    private static DigestWindows windows(String hours) {
        return new DigestWindows(
                java.util.Arrays.stream(hours.split(",")).map(LocalTime::parse).toList(), PARIS);
    }

    private static Instant draw(SplittableRandom random, DigestWindows windows) {
        Instant year = Instant.parse("2026-01-01T00:00:00Z");
        return switch (random.nextInt(4)) {
            case 0 -> Instant.parse("2026-03-28T00:00:00Z").plusMillis(random.nextInt(172_800_000));
            case 1 -> Instant.parse("2026-10-24T00:00:00Z").plusMillis(random.nextInt(172_800_000));
            case 2 ->
                windows.lastEnd(year.plusSeconds(random.nextInt(31_536_000)))
                        .orElseThrow()
                        .plusNanos(1000L * random.nextInt(-2, 3));
            default -> year.plusSeconds(random.nextInt(31_536_000));
        };
    }
}
