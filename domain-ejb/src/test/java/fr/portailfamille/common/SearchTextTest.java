package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource({
        "ROUSSEL, roussel",
        "Éloïse  Le-Gall, eloise le gall",
        "D’Almeida, d almeida",
        "N'Diaye, n diaye",
        "LE BŒUF, le boeuf",
        "' -Müller_Klein- ', muller klein",
        "Çelik 2, celik 2",
        "Zoé-A, zoe a",
        "[x] @y{z}, [x] @y{z}"
    })
    void lowers_unaccents_and_joins_by_one_blank(String written, String compared) {
        assertThat(SearchText.of(written)).isEqualTo(compared);
    }
}
