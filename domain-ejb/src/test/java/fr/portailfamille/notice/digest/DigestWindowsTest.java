package fr.portailfamille.notice.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
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

    /** Windows are half-open: what is recorded on the stroke belongs to the digest of that hour. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:00:00Z, 2026-11-20T12:00:00Z",
        "2026-11-20T12:00:00.000001Z, 2026-11-20T17:00:00Z",
        "2026-11-20T17:00:00Z, 2026-11-20T17:00:00Z",
        "2026-11-20T17:00:30Z, 2026-11-21T12:00:00Z",
        "2026-11-20T11:59:59.999999Z, 2026-11-20T12:00:00Z",
        // Both changes of the clocks: 13:00 is 12:00Z in winter, 11:00Z in summer.
        "2026-03-28T17:00:01Z, 2026-03-29T11:00:00Z",
        "2026-10-24T16:00:01Z, 2026-10-25T12:00:00Z"
    })
    void a_decision_belongs_to_the_window_that_ends_next(Instant recorded, Instant end) {
        assertThat(USUAL.endOf(recorded)).contains(end);
    }

    @Test
    void a_town_without_hours_has_no_windows() {
        DigestWindows none = new DigestWindows(List.of(), PARIS);
        assertThat(none.lastEnd(Instant.EPOCH)).isEmpty();
        assertThat(none.endOf(Instant.EPOCH)).isEmpty();
    }

    @Test
    void an_hour_that_the_clocks_skip_is_shifted_and_one_that_comes_twice_is_the_first() {
        DigestWindows night = new DigestWindows(List.of(LocalTime.of(2, 30)), PARIS);
        assertThat(night.endOf(Instant.parse("2026-03-28T12:00:00Z"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(night.endOf(Instant.parse("2026-10-24T12:00:00Z"))).contains(Instant.parse("2026-10-25T00:30:00Z"));
    }

    /** Half of the instants are drawn around the two changes of the clocks and around the strokes themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"13:00,18:00", "02:30,03:00,03:30", "00:00", "23:59,00:01"})
    void every_instant_is_in_exactly_one_window(String hours) {
        DigestWindows windows = windows(hours);
        SplittableRandom random = new SplittableRandom(20261121);
        for (int i = 0; i < 100_000; i++) {
            Instant recorded = draw(random, windows);
            Instant end = windows.endOf(recorded).orElseThrow();
            Instant begin = windows.lastEnd(end.minusNanos(1)).orElseThrow();
            assertThat(recorded.isAfter(begin) && !recorded.isAfter(end)).isTrue();
            assertThat(windows.lastEnd(end)).contains(end);
        }
    }

    /**
     * The rule of {@link Digests} (whatever is undelivered and recorded at or before the window's end) over a year of
     * decisions that are committed late, looked after by a timer that is missed, late, and runs twice.
     */
    @Test
    void missed_late_and_double_runs_tell_each_decision_exactly_once() {
        SplittableRandom random = new SplittableRandom(7);
        record Recorded(int id, Instant recorded, Instant committed) {}
        List<Recorded> decisions = new ArrayList<>();
        for (int id = 0; id < 100_000; id++) {
            Instant recorded = draw(random, USUAL);
            Duration late = random.nextInt(20) == 0 ? Duration.ofSeconds(random.nextInt(7200)) : Duration.ofMillis(3);
            decisions.add(new Recorded(id, recorded, recorded.plus(late)));
        }
        decisions.sort(java.util.Comparator.comparing(Recorded::committed));

        Map<Integer, Integer> told = new HashMap<>();
        Set<Instant> closed = new HashSet<>();
        List<Recorded> undelivered = new ArrayList<>();
        int next = 0;
        Instant stop = Instant.parse("2027-02-01T00:00:00Z");
        for (Instant look = Instant.parse("2025-12-01T00:00:00Z"); look.isBefore(stop); ) {
            while (next < decisions.size() && !decisions.get(next).committed().isAfter(look)) {
                undelivered.add(decisions.get(next++));
            }
            for (int run = 0; run <= random.nextInt(2); run++) {
                Instant end = USUAL.lastEnd(look).orElseThrow();
                if (closed.add(end)) {
                    undelivered.removeIf(decision -> {
                        boolean taken = !decision.recorded().isAfter(end);
                        if (taken) {
                            assertThat(told.merge(decision.id(), 1, Integer::sum))
                                    .isEqualTo(1);
                        }
                        return taken;
                    });
                }
            }
            // Mostly every few hours; now and then the server is down for up to two days.
            look = look.plusSeconds(random.nextInt(30) == 0 ? random.nextInt(172_800) : 1 + random.nextInt(14_400));
        }
        assertThat(undelivered).isEmpty();
        assertThat(told).hasSize(100_000);
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
