package fr.portailfamille.exchange.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final UUID LOT = UUID.fromString("6f0c1a2b-3c4d-4e5f-8a9b-0123456789ab");

    @Test
    void names_a_position_and_the_lot_that_ends_there() {
        Cursor cursor = Cursor.after(42, LOT);

        assertThat(cursor.text()).isEqualTo("42-6f0c1a2b3c4d");
        assertThat(Cursor.of(cursor.text())).contains(cursor);
    }

    @Test
    void begins_before_everything() {
        assertThat(Cursor.of("0")).contains(Cursor.START);
        assertThat(Cursor.START.text()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "-",
                "x-1",
                "0-6f0c1a2b3c4d",
                "042-6f0c1a2b3c4d",
                "42-6F0C1A2B3C4D",
                "42-6f0c1a2b3c4d ",
                "-1-6f0c1a2b3c4d",
                "1234567890123456789-6f0c1a2b3c4d",
                "42-6f0c",
                "1763624640000001-42"
            })
    void is_nothing_else(String text) {
        assertThat(Cursor.of(text)).isEmpty();
    }
}
