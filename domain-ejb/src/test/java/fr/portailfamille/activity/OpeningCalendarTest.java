package fr.portailfamille.activity;

import static fr.portailfamille.activity.ScheduleFixture.canteen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpeningCalendarTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate WEDNESDAY = LocalDate.of(2026, 11, 25);
    private static final LocalDate ARMISTICE = LocalDate.of(2026, 11, 11);

    @Test
    void is_open_on_its_weekdays() {
        OpeningCalendar calendar = calendar(Map.of());

        assertThat(calendar.on(canteen("1245"), MONDAY).open()).isTrue();
        assertThat(calendar.on(canteen("1245"), WEDNESDAY)).isEqualTo(new Opening.NoService());
    }

    @Test
    void without_weekdays_only_its_own_dates_open_it() {
        OpeningCalendar calendar = calendar(Map.of(key(MONDAY), true));

        assertThat(calendar.on(canteen(""), MONDAY).open()).isTrue();
        assertThat(calendar.on(canteen(""), MONDAY.plusDays(1)).open()).isFalse();
    }

    @Test
    void a_public_holiday_beats_the_weekday() {
        assertThat(calendar(Map.of()).on(canteen("12345"), ARMISTICE)).isEqualTo(new Opening.Closed("11 novembre"));
    }

    @Test
    void a_closure_beats_the_public_holiday() {
        OpeningCalendar calendar = calendar(Map.of(), closure(ARMISTICE, ARMISTICE, null, null));

        assertThat(calendar.on(canteen("12345"), ARMISTICE)).isEqualTo(new Opening.Closed("Travaux"));
    }

    @Test
    void its_own_date_beats_closure_and_holiday() {
        OpeningCalendar calendar = calendar(Map.of(key(ARMISTICE), true), closure(ARMISTICE, ARMISTICE, null, null));

        assertThat(calendar.on(canteen("1245"), ARMISTICE).open()).isTrue();
    }

    @Test
    void its_own_date_closes_an_ordinary_day() {
        assertThat(calendar(Map.of(key(MONDAY), false))
                        .on(canteen("1245"), MONDAY)
                        .open())
                .isFalse();
    }

    @Test
    void closures_cover_both_ends_and_only_what_they_name() {
        OpeningCalendar own = calendar(
                Map.of(), closure(MONDAY, MONDAY.plusDays(1), ScheduleFixture.SCHOOL, ScheduleFixture.CANTEEN));
        OpeningCalendar others =
                calendar(Map.of(), closure(MONDAY, MONDAY, 99L, null), closure(MONDAY, MONDAY, null, 99L));

        assertThat(own.on(canteen("1245"), MONDAY).open()).isFalse();
        assertThat(own.on(canteen("1245"), MONDAY.plusDays(1)).open()).isFalse();
        assertThat(own.on(canteen("1245"), MONDAY.plusDays(3)).open()).isTrue();
        assertThat(others.on(canteen("1245"), MONDAY).open()).isTrue();
    }

    @Test
    void is_never_open_outside_its_validity() {
        LocalDate before = LocalDate.of(2026, 8, 31);
        OpeningCalendar calendar = calendar(Map.of(key(before), true));

        assertThat(calendar.on(canteen("1245"), before).open()).isFalse();
        assertThat(calendar.on(canteen("1245"), LocalDate.of(2026, 9, 1)).open())
                .isTrue();
        assertThat(calendar.on(canteen("2"), LocalDate.of(2027, 8, 31)).open()).isTrue();
        assertThat(calendar.on(canteen("3"), LocalDate.of(2027, 9, 1)).open()).isFalse();
    }

    private static OpeningCalendar.Key key(LocalDate day) {
        return new OpeningCalendar.Key(canteen("").id(), day);
    }

    private static Closure closure(LocalDate start, LocalDate end, @Nullable Long facility, @Nullable Long activity) {
        return new Closure(start, end, "Travaux", facility, activity);
    }

    private static OpeningCalendar calendar(Map<OpeningCalendar.Key, Boolean> dates, Closure... closures) {
        return new OpeningCalendar(dates, List.of(closures), PublicHolidays.of(HolidayRegion.METROPOLE));
    }
}
