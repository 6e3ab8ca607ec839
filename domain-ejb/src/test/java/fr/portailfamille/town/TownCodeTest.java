package fr.portailfamille.town;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TownCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"ab", "saint-exemple", "nantes-44109", "44", "a--b"})
    void accepts_codes(String text) {
        assertThat(TownCode.of(text)).contains(new TownCode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-", "-ab", "ab-", "Ab", "a_b", "a/b", "a b", "été", "..", "ab\n"})
    void refuses_anything_else(String text) {
        assertThat(TownCode.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void is_at_most_64_long(int length) {
        assertThat(TownCode.of("a".repeat(length)).isPresent()).isEqualTo(length <= 64);
    }
}
