package fr.portailfamille.launcher.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.launcher.demonstration.DemonstrationLots.BuiltLot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationLotsTest {

    @TempDir
    Path folder;

    /** Two years with 29 February 2028 in them. */
    private static Stream<LocalDate> everyDayOfTwoYears() {
        return LocalDate.of(2026, 7, 1).datesUntil(LocalDate.of(2028, 7, 2));
    }

    @Test
    void are_valid_whatever_the_day_they_are_built() throws IOException {
        for (LocalDate today : everyDayOfTwoYears().toList()) {
            List<BuiltLot> lots = DemonstrationLots.build(today, folder);
            new DemonstrationTown(today, lots).check();
            // Writing over a file waits for the disk, a new one does not.
            for (BuiltLot lot : lots) {
                Files.delete(lot.path());
            }
        }
    }

    @Test
    void are_the_same_bytes_when_built_twice_on_one_day() throws IOException {
        LocalDate today = LocalDate.of(2026, 11, 21);
        Path again = folder.resolve("again");
        for (BuiltLot lot : DemonstrationLots.build(today, folder)) {
            BuiltLot second = DemonstrationLots.build(today, again).stream()
                    .filter(other -> other.flow().equals(lot.flow()))
                    .findFirst()
                    .orElseThrow();
            assertThat(second.lotId()).isEqualTo(lot.lotId());
            assertThat(Files.readAllBytes(second.path())).isEqualTo(Files.readAllBytes(lot.path()));
        }
    }

    @Test
    void have_other_ids_on_another_day() throws IOException {
        assertThat(DemonstrationLots.build(LocalDate.of(2026, 11, 21), folder))
                .extracting(BuiltLot::lotId)
                .doesNotContainAnyElementsOf(
                        DemonstrationLots.build(LocalDate.of(2026, 11, 22), folder.resolve("other")).stream()
                                .map(BuiltLot::lotId)
                                .toList());
    }

    @Test
    void show_a_full_week_of_lessons_first() {
        assertThat(everyDayOfTwoYears()).allSatisfy(today -> {
            LocalDate monday = DemonstrationLots.firstMonday(today);
            assertThat(monday).isAfter(today.plusDays(4));
            assertThat(monday.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            assertThat(monday.datesUntil(monday.plusDays(5))).allMatch(SchoolCalendar::isTermDay);
        });
    }

    @Test
    void know_the_movable_public_holidays() {
        assertThat(Stream.of("2026-04-06", "2026-05-14", "2026-05-25", "2027-03-29", "2028-04-17", "2028-06-05")
                        .map(LocalDate::parse))
                .allMatch(SchoolCalendar::isPublicHoliday);
        assertThat(SchoolCalendar.isPublicHoliday(LocalDate.of(2026, 4, 7))).isFalse();
    }

    @Test
    void refuse_a_placeholder_that_nobody_knows() {
        RowTemplate template = new RowTemplate(DemonstrationDates.of(LocalDate.of(2026, 11, 21)));
        assertThatThrownBy(() -> template.expand("a,{yesterday}").toList())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yesterday");
        assertThatThrownBy(() -> template.expand("{each A B},{each C D}").toList())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void write_instants_with_the_offset_of_the_season() {
        RowTemplate template = new RowTemplate(DemonstrationDates.of(LocalDate.of(2027, 3, 27)));
        assertThat(template.expand("{instant today 08:00},{instant today+1 08:00}"))
                .containsExactly("2027-03-27T08:00:00+01:00,2027-03-28T08:00:00+02:00");
    }
}
