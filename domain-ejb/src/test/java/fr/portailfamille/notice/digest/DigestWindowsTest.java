package fr.portailfamille.notice.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    /**
     * Half of the instants are drawn around the two changes of the clocks and around the ends themselves. What is recorded,
     * closed and told at those ends is the matter of {@code DigestPropertyIT}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"13:00,18:00", "02:30,03:00,03:30", "00:00", "23:59,00:01"})
    void ends_follow_one_another_through_a_year_of_any_hours(String hours) {
        DigestWindows windows = windows(hours);
        SplittableRandom random = new SplittableRandom(20261121);
        List<Instant> looks = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            looks.add(draw(random, windows));
        }
        looks.sort(Comparator.naturalOrder());
        Instant before = Instant.MIN;
        for (Instant look : looks) {
            Instant end = windows.lastEnd(look).orElseThrow();
            assertThat(end).isBetween(before, look);
            assertThat(end).isAfter(look.minus(Duration.ofHours(26)));
            assertThat(windows.lastEnd(end)).as("a window is over at its end").contains(end);
            assertThat(windows.lastEnd(end.minusNanos(1000)).orElseThrow())
                    .as("and not before")
                    .isBefore(end);
            before = end;
        }
    }

    private static DigestWindows windows(String hours) {
        return new DigestWindows(
                Arrays.stream(hours.split(",")).map(LocalTime::parse).toList(), PARIS);
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
