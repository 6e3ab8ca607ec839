package fr.portailfamille.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrenchDateTest {

    @ParameterizedTest
    @ValueSource(strings = {"21/09/2017", "21/9/2017", " 21-09-2017", "21.09.2017", "21 9 2017", "21092017"})
    void reads_a_date_as_people_write_it(String typed) {
        assertThat(FrenchDate.read(typed)).contains(LocalDate.of(2017, 9, 21));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31/02/2017", "29/02/2023", "2017-09-21", "21/09/17", "hier", "00/00/0000", "01/01/1899"})
    void refuses_a_day_that_does_not_exist_or_another_form(String typed) {
        assertThat(FrenchDate.read(typed)).isEmpty();
    }
}
