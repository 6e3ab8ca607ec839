package fr.portailfamille.activity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.activity.Catalogue.AbsenceReason;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueDocumentTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private static final String DOCUMENT = """
                    {"offers": [{"id": 100, "activity": 1, "facility": 10, "start": "12:00:00", "end": "13:30:00",
                                 "weekdays": "1245", "capacity": 80, "from": "2026-09-01", "to": "2027-08-31",
                                 "name": "2/Repas Écoles", "place": "École Lux", "automatic": true, "offered": true, "order": 1},
                                {"id": 101, "activity": 2, "facility": 10, "start": "07:30:00", "end": "18:30:00",
                                 "weekdays": null, "capacity": null, "from": "2026-09-01", "to": "2027-08-31",
                                 "name": "Centre", "place": "École Lux", "automatic": false, "offered": false, "order": 2}],
                     "dates": [{"schedule": 100, "day": "2026-11-24", "open": true, "capacity": 20}],
                     "closures": null, "periods": null,
                     "rules": [{"activity": 1, "action": "BOOK", "weekday": null, "kind": "DAYS_BEFORE", "n": 2,
                                "dayKind": "WORKING", "atWeekday": null, "atDay": null, "atTime": "12:00:00", "until": null},
                               {"activity": 1, "action": "CANCEL", "weekday": null, "kind": "FIXED", "n": null,
                                "dayKind": null, "atWeekday": null, "atDay": null, "atTime": null,
                                "until": "2026-11-20T09:00:00+01:00"}],
                     "pools": [{"id": 500, "capacity": 30, "schedules": [100, 101]}],
                     "poolDates": [{"pool": 500, "day": "2026-11-24", "capacity": 25}],
                     "incompatible": [{"one": 1, "other": 2}],
                     "absences": [{"code": "MAL", "label": "Maladie"}]}""";

    private final Catalogue catalogue =
            new CatalogueDocument(ZoneId.of("Europe/Paris"), PublicHolidays.of(HolidayRegion.METROPOLE)).read(DOCUMENT);

    @Test
    void keeps_rules_of_booking_and_cancelling_apart() {
        Schedule canteen = catalogue.offers().get(100L).schedule();

        assertThat(catalogue.toBook().of(canteen, MONDAY)).isEqualTo("2026-11-19T11:00:00Z");
        assertThat(catalogue.toCancel().of(canteen, MONDAY)).isEqualTo("2026-11-20T08:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "FIXED, null, null, null",
        "DAYS_BEFORE, null, null, null",
        "WEEK_BEFORE, 1, null, null",
        "WEEK_BEFORE, null, 4, null",
        "MONTH_BEFORE, 1, null, null",
        "MONTH_BEFORE, null, null, 10"
    })
    void a_stored_rule_that_lacks_what_its_kind_needs_breaks_nothing_and_the_others_stand(
            String kind, String n, String atWeekday, String atDay) {
        String lacking = """
                {"activity": %d, "action": "BOOK", "weekday": null, "kind": "%s", "n": %s, "dayKind": null,
                 "atWeekday": %s, "atDay": %s, "atTime": null, "until": null}""";
        Catalogue read = new CatalogueDocument(ZoneId.of("Europe/Paris"), PublicHolidays.of(HolidayRegion.METROPOLE))
                .read(DOCUMENT.replace(
                        "\"rules\": [",
                        "\"rules\": [" + lacking.formatted(1, kind, n, atWeekday, atDay) + ", "
                                + lacking.formatted(2, kind, n, atWeekday, atDay) + ", "));
        Schedule canteen = read.offers().get(100L).schedule();
        Schedule centre = read.offers().get(101L).schedule();

        assertThat(read.toBook().of(canteen, MONDAY))
                .as("the activity's other rule")
                .isEqualTo("2026-11-19T11:00:00Z");
        assertThat(read.toBook().of(centre, MONDAY))
                .as("no other rule: its start")
                .isEqualTo("2026-11-23T06:30:00Z");
    }

    @Test
    void counts_a_place_in_the_schedule_and_in_its_pools() {
        Schedule canteen = catalogue.offers().get(100L).schedule();
        Schedule centre = catalogue.offers().get(101L).schedule();

        assertThat(catalogue.counters(canteen, MONDAY)).containsEntry(100L, 80).containsEntry(500L, 30);
        assertThat(catalogue.counters(canteen, MONDAY.plusDays(1)))
                .containsEntry(100L, 20)
                .containsEntry(500L, 25);
        assertThat(catalogue.counters(centre, MONDAY)).containsEntry(101L, null).containsEntry(500L, 30);
    }

    @Test
    void incompatible_activities_exclude_each_other_both_ways() {
        assertThat(catalogue.incompatibleWith(1)).containsExactly(2L);
        assertThat(catalogue.incompatibleWith(2)).containsExactly(1L);
        assertThat(catalogue.incompatibleWith(3)).isEmpty();
    }

    @Test
    void a_schedule_without_weekdays_has_none_and_reasons_keep_their_order() {
        assertThat(catalogue.offers().get(101L).schedule().weekdays()).isEmpty();
        assertThat(catalogue.offers().get(100L).offered()).isTrue();
        assertThat(catalogue.offers().get(101L).offered()).isFalse();
        assertThat(catalogue.absenceReasons()).containsExactly(new AbsenceReason("MAL", "Maladie"));
    }
}
