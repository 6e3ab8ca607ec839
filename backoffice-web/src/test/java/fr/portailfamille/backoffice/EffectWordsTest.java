package fr.portailfamille.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is archived is named, never « lignes de … », whatever the file. */
class EffectWordsTest {

    private static final ResourceBundle WORDS =
            ResourceBundle.getBundle("fr.portailfamille.backoffice.messages", Locale.FRENCH);

    @Test
    void every_file_of_every_flow_has_its_word() {
        assertThat(Stream.of(Flow.values())
                        .flatMap(flow -> Formats.of(flow).stream())
                        .map(FileFormat::name)
                        .map("archived."::concat))
                .hasSizeGreaterThan(20)
                .allMatch(WORDS::containsKey);
    }

    @ParameterizedTest
    @CsvSource({
        "individuals.csv, 312, 312 individus seront archivés",
        "individuals.csv, 1, 1 individu sera archivé",
        "families.csv, 2, 2 familles seront archivées",
        "bookings.csv, 2, 2 réservations seront retirées"
    })
    void one_and_several_agree(String file, long many, String sentence) {
        assertThat(new MessageFormat(WORDS.getString("archived." + file), Locale.FRENCH).format(new Object[] {many}))
                .isEqualTo(sentence);
    }
}
