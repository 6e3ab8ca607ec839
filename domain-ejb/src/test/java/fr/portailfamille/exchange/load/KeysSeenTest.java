package fr.portailfamille.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("X4")
class KeysSeenTest {

    private static KeysSeen seen(List<List<String>> keys) {
        KeysSeen seen = new KeysSeen();
        keys.forEach(key -> {
            key.forEach(seen::part);
            seen.end();
        });
        return seen;
    }

    @Test
    void a_key_is_all_of_its_parts_in_their_order() {
        assertThat(seen(List.of(List.of("I1", "S1"), List.of("I1", "S2"), List.of("S1", "I1")))
                        .differ())
                .isTrue();
        assertThat(seen(List.of(List.of("I1", "S1"), List.of("I1S", "1"), List.of("I", "1S1"), List.of("", "I1S1")))
                        .differ())
                .isTrue();
        assertThat(seen(List.of(List.of("I1", "S1"), List.of("I2", "S1"), List.of("I1", "S1")))
                        .differ())
                .isFalse();
        assertThat(seen(List.of()).differ()).isTrue();
    }

    @Test
    void agrees_with_a_set_in_files_of_any_size() {
        Random random = new Random(20261130);
        for (int rows = 1; rows < 200_000; rows = rows * 3 + 1) {
            int most = rows;
            List<List<String>> keys = IntStream.range(0, rows)
                    .mapToObj(i -> List.of("I" + random.nextInt(most), "S" + random.nextInt(8), "2026-11-" + i % 30))
                    .toList();
            Set<List<String>> set = new HashSet<>(keys);
            assertThat(seen(keys).differ()).as(rows + " rows").isEqualTo(set.size() == keys.size());
            assertThat(seen(List.copyOf(set)).differ())
                    .as("all of them different")
                    .isTrue();
        }
    }

    @Test
    void does_not_say_of_more_than_a_million_keys_and_still_tells_two_that_stood_before() {
        KeysSeen many = new KeysSeen();
        KeysSeen twice = new KeysSeen();
        twice.part("0");
        twice.end();
        for (int i = 0; i <= 1 << 20; i++) {
            String key = Integer.toString(i);
            many.part(key);
            many.end();
            twice.part(key);
            twice.end();
        }
        assertThat(many.differ()).isNull();
        assertThat(twice.differ()).isFalse();
    }
}
