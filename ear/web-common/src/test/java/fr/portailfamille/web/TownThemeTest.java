package fr.portailfamille.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TownThemeTest {

    private static final double READABLE = 4.5;

    @ParameterizedTest
    @ValueSource(strings = {"#0B5CAD", "#FFFFFF", "#000000", "#FFD400", "#2196F3", "#7F7F7F", "#00FF00", "#FE0101"})
    void text_can_be_read_whatever_colour_a_town_chooses(String colour) {
        TownTheme theme = TownTheme.of(colour);

        assertThat(TownTheme.contrast(luminance(theme.ink()), luminance(theme.brand())))
                .isGreaterThanOrEqualTo(READABLE);
        assertThat(TownTheme.contrast(luminance(theme.text()), 1)).isGreaterThanOrEqualTo(READABLE);
        assertThat(TownTheme.contrast(luminance(theme.onDark()), luminance("#161B22")))
                .isGreaterThanOrEqualTo(READABLE);
    }

    @Test
    void a_colour_that_can_be_read_stays_as_it_is() {
        assertThat(TownTheme.of("#0B5CAD").text()).isEqualTo("#0B5CAD");
        assertThat(TownTheme.of("#0B5CAD").ink()).isEqualTo("#FFFFFF");
        assertThat(TownTheme.of("#FFD400").ink()).isEqualTo("#000000");
    }

    @Test
    void contrast_is_that_of_wcag() {
        assertThat(TownTheme.contrast(luminance("#000000"), luminance("#FFFFFF")))
                .isEqualTo(21);
        assertThat(TownTheme.contrast(luminance("#2196F3"), 1)).isBetween(3.11, 3.13);
    }

    private static double luminance(String colour) {
        return TownTheme.luminance(Integer.parseInt(colour.substring(1), 16));
    }
}
