package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void begins_with_the_instant() {
        assertThat(Cursor.of("1763624640000001-42").orElseThrow())
                .isEqualTo(new Cursor(Instant.parse("2025-11-20T07:44:00.000001Z"), 42));
    }

    @Test
    void is_nothing_else() {
        assertThat(Cursor.of("42")).isEmpty();
        assertThat(Cursor.of("-")).isEmpty();
        assertThat(Cursor.of("x-1")).isEmpty();
    }
}
