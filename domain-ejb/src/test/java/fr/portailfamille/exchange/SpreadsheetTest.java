package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "@SUM(A1)", "+A1", "-cmd|' /C calc'!A0", "\t=1", "\r=1", "'=1", "''@x", "+33 1 x"})
    void shows_a_formula_as_text_and_takes_it_back_as_it_was(String cell) {
        assertThat(Spreadsheet.armed(cell)).isEqualTo("'" + cell);
        assertThat(Spreadsheet.unarmed(Spreadsheet.armed(cell))).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ROUX", "+33 1 23 45 67 89", "-12.50", "-", "2019-05-03", "'t Hart", "l'=école", "12=3"})
    void leaves_everything_else_alone(String cell) {
        assertThat(Spreadsheet.armed(cell)).isEqualTo(cell);
        assertThat(Spreadsheet.unarmed(cell)).isEqualTo(cell);
    }
}
