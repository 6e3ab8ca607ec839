package fr.portailfamille.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("B7")
class DigestHoursTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "13:00, 18:00 | 13:00, 18:00",
                "18h et 13h | 13:00, 18:00",
                "9h30;20:15 | 09:30, 20:15",
                "7 | 07:00",
                "13:00, 13h | 13:00",
                "0:00 | 00:00"
            })
    void reads_hours_as_people_write_them(String typed, String kept) {
        assertThat(DigestHours.read(typed).map(DigestHours::write)).contains(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "midi", "25:00", "12:60", "13:00,", "1,2,3,4,5,6,7", "12:5", "-1"})
    void refuses_what_is_no_hour_nothing_and_too_many(String typed) {
        assertThat(DigestHours.read(typed)).isEmpty();
    }

    @Test
    void writes_them_with_a_comma() {
        assertThat(DigestHours.write(List.of(LocalTime.of(9, 5), LocalTime.of(18, 0))))
                .isEqualTo("09:05, 18:00");
    }
}
