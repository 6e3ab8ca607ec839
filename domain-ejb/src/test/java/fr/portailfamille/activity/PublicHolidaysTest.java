package fr.portailfamille.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicHolidaysTest {

    private static final PublicHolidays METROPOLE = PublicHolidays.of(HolidayRegion.METROPOLE);

    /** The movable days of the State's calendar (Etalab). */
    @ParameterizedTest
    @CsvSource({
        "2008-03-24, 2008-05-01, 2008-05-12",
        "2011-04-25, 2011-06-02, 2011-06-13",
        "2024-04-01, 2024-05-09, 2024-05-20",
        "2025-04-21, 2025-05-29, 2025-06-09",
        "2026-04-06, 2026-05-14, 2026-05-25",
        "2027-03-29, 2027-05-06, 2027-05-17",
        "2028-04-17, 2028-05-25, 2028-06-05",
        "2038-04-26, 2038-06-03, 2038-06-14",
    })
    void moves_with_easter(LocalDate easterMonday, LocalDate ascension, LocalDate whitMonday) {
        assertThat(METROPOLE.on(easterMonday)).contains("Lundi de Pâques");
        assertThat(METROPOLE.on(ascension)).isPresent();
        assertThat(METROPOLE.on(whitMonday)).contains("Lundi de Pentecôte");
    }

    @Test
    void has_eleven_days_in_a_common_year() {
        assertThat(METROPOLE.of(2026)).hasSize(11);
    }

    @Test
    void ascension_on_the_first_of_may_is_one_day() {
        assertThat(METROPOLE.of(2008)).hasSize(10);
    }

    @Test
    void alsace_and_moselle_keep_good_friday_and_saint_stephen() {
        PublicHolidays alsace = PublicHolidays.of(HolidayRegion.of("alsace-moselle"));

        assertThat(alsace.on(LocalDate.of(2026, 4, 3))).contains("Vendredi saint");
        assertThat(alsace.on(LocalDate.of(2026, 12, 26))).isPresent();
        assertThat(METROPOLE.on(LocalDate.of(2026, 4, 3))).isEmpty();
        assertThat(METROPOLE.on(LocalDate.of(2026, 12, 26))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mayotte, 2026-04-27",
        "martinique, 2026-05-22",
        "guadeloupe, 2026-05-27",
        "saint-martin, 2026-05-28",
        "guyane, 2026-06-10",
        "saint-barthelemy, 2026-10-09",
        "la-reunion, 2026-12-20",
    })
    void overseas_keeps_the_abolition_of_slavery(String region, LocalDate day) {
        assertThat(PublicHolidays.of(HolidayRegion.of(region)).on(day)).contains("Abolition de l'esclavage");
        assertThat(METROPOLE.on(day)).isEmpty();
    }

    @Test
    void a_region_without_days_of_its_own_is_the_metropole() {
        assertThat(HolidayRegion.of("bretagne")).isEqualTo(HolidayRegion.METROPOLE);
    }
}
