package fr.portailfamille.exchange.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySpoolTest {

    private static final int MANY = 200_000;

    @TempDir
    private Path folder;

    @Test
    void gives_back_more_keys_than_it_holds_in_memory_with_equal_ones_side_by_side() throws IOException {
        try (KeySpool spool = new KeySpool(folder)) {
            for (int i = 0; i < MANY; i++) {
                spool.add("k" + i % (MANY / 2), i, 0);
            }
            assertThat(files()).as("pieces on disk").isGreaterThan(1);
            for (int readings = 0; readings < 2; readings++) {
                Map<Long, Integer> seen = new HashMap<>();
                KeySpool.Entry last = null;
                try (KeySpool.Sorted sorted = spool.sorted()) {
                    while (sorted.hasNext()) {
                        KeySpool.Entry entry = sorted.next();
                        if (last != null) {
                            assertThat(entry).isGreaterThan(last);
                            if (entry.sameKey(last)) {
                                assertThat(entry.place()).isEqualTo(last.place() + MANY / 2);
                            }
                        }
                        seen.merge(entry.place() % (MANY / 2), 1, Integer::sum);
                        last = entry;
                    }
                }
                assertThat(seen).hasSize(MANY / 2);
                assertThat(seen.values()).containsOnly(2);
            }
        }
        assertThat(files()).as("left behind").isZero();
    }

    @Test
    void a_place_keeps_row_and_line_and_the_order_of_the_file() {
        long first = Place.of(1, 4_000_000_000L);
        long second = Place.of(2, 3);

        assertThat(Place.row(first)).isEqualTo(1);
        assertThat(Place.line(first)).isEqualTo(4_000_000_000L);
        assertThat(List.of(first, second)).isSorted();
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }
}
