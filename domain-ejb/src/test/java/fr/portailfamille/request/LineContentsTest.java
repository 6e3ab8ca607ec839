package fr.portailfamille.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineContentsTest {

    @ParameterizedTest
    @CsvSource({
        "Attestation d'assurance.PDF, pdf",
        "photo.de.classe.JPEG, jpeg",
        "sans-fin, bin",
        "pdf, bin",
        "point., bin",
        "../../etc/passwd, bin",
        "x.p/df, bin",
        "x.fin-trop-longue, bin",
        "'', bin"
    })
    void keeps_a_harmless_ending_of_a_file_s_name(String name, String ending) {
        assertThat(LineContents.extension(name)).isEqualTo(ending);
    }
}
