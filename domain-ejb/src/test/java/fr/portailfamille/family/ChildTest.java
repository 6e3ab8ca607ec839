package fr.portailfamille.family;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildTest {

    @ParameterizedTest
    @CsvSource({"Léa,L", "Jean-Baptiste,JB", "Marie Lou Anne,ML", "élodie,É", "' Zoé ',Z"})
    void goes_by_the_first_letters_of_its_first_name(String firstName, String initials) {
        assertThat(new Child(1, firstName, "MARTIN", 1, false).initials()).isEqualTo(initials);
    }
}
