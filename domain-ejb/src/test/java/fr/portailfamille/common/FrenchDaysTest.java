package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrenchDaysTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, mardi 1er décembre",
        "2026-12-02, mercredi 2 décembre",
        "2026-12-11, vendredi 11 décembre",
        "2026-12-21, lundi 21 décembre",
        "2026-12-31, jeudi 31 décembre"
    })
    void only_the_first_of_a_month_is_an_ordinal(LocalDate day, String written) {
        assertThat(FrenchDays.as("EEEE d MMMM").format(day)).isEqualTo(written);
    }

    @Test
    void the_day_may_stand_first() {
        assertThat(FrenchDays.as("d MMMM yyyy").format(LocalDate.of(2027, 1, 1)))
                .isEqualTo("1er janvier 2027");
        assertThat(FrenchDays.as("d").format(LocalDate.of(2027, 1, 1))).isEqualTo("1er");
    }
}
