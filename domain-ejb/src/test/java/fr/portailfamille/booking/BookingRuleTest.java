package fr.portailfamille.booking;

import static fr.portailfamille.booking.PlanningFixture.CANTEEN;
import static fr.portailfamille.booking.PlanningFixture.CENTRE;
import static fr.portailfamille.booking.PlanningFixture.CHILD;
import static fr.portailfamille.booking.PlanningFixture.FAMILY;
import static fr.portailfamille.booking.PlanningFixture.FRIDAY_BEFORE;
import static fr.portailfamille.booking.PlanningFixture.MONDAY;
import static fr.portailfamille.booking.PlanningFixture.MORNING;
import static fr.portailfamille.booking.PlanningFixture.OTHER_FAMILY;
import static fr.portailfamille.booking.PlanningFixture.POOL;
import static fr.portailfamille.booking.PlanningFixture.WEDNESDAY;
import static fr.portailfamille.booking.PlanningFixture.canteen;
import static fr.portailfamille.booking.PlanningFixture.registered;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.ChildRights.Custody;
import fr.portailfamille.booking.ChildRights.Tie;
import fr.portailfamille.booking.Refusal.Code;
import fr.portailfamille.request.LineAction;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BookingRuleTest {

    private final PlanningFixture planning = new PlanningFixture();

    @Test
    void a_registered_child_may_book_an_open_day_in_time() {
        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK)).isEmpty();
    }

    @Test
    void refuses_a_child_that_is_not_registered_that_day() {
        planning.registrations(registered("R2", FAMILY, Custody.ALL, CENTRE));

        refuses(canteen(MONDAY), LineAction.BOOK, Code.NOT_REGISTERED);
    }

    @Test
    void refuses_a_day_on_which_it_does_not_take_place() {
        refuses(canteen(WEDNESDAY), LineAction.BOOK, Code.NOT_OPEN);
    }

    @Test
    void refuses_a_closed_day_with_the_reason_of_the_closure() {
        planning.closed(MONDAY, "Grève");

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK))
                .contains(Refusal.with(Code.NOT_OPEN, "Grève"));
    }

    @ParameterizedTest
    @EnumSource(
            value = BookingState.class,
            names = {"BOOKING_PENDING", "BOOKED", "ABSENCE_PENDING", "WAITLISTED"})
    void refuses_to_book_what_is_booked_or_asked(BookingState state) {
        planning.held(canteen(MONDAY), state);

        refuses(canteen(MONDAY), LineAction.BOOK, Code.ALREADY_ASKED);
    }

    @ParameterizedTest
    @EnumSource(
            value = BookingState.class,
            names = {"NOT_BOOKED", "BOOKING_REFUSED", "ABSENT"})
    void books_again_after_a_refusal_or_an_absence(BookingState state) {
        planning.held(canteen(MONDAY), state);

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = BookingState.class, names = "BOOKED", mode = EnumSource.Mode.EXCLUDE)
    void refuses_an_absence_on_a_day_that_is_not_booked(BookingState state) {
        planning.held(canteen(MONDAY), state);

        refuses(canteen(MONDAY), LineAction.CANCEL, Code.NOT_BOOKED);
    }

    @Test
    void the_deadline_itself_is_in_time_and_the_moment_after_is_not() {
        planning.bookBy(FRIDAY_BEFORE);

        assertThat(planning.sheet(FRIDAY_BEFORE).refusal(canteen(MONDAY), LineAction.BOOK))
                .isEmpty();
        assertThat(planning.sheet(FRIDAY_BEFORE.plusMillis(1)).refusal(canteen(MONDAY), LineAction.BOOK))
                .contains(Refusal.at(Code.TOO_LATE, FRIDAY_BEFORE));
    }

    @Test
    void booking_and_cancelling_have_deadlines_of_their_own() {
        planning.bookBy(FRIDAY_BEFORE.minusSeconds(60)).booked(canteen(MONDAY));

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.CANCEL)).isEmpty();
    }

    @Test
    void no_deadline_reaches_beyond_the_end_of_what_is_booked() {
        planning.bookBy(Instant.parse("2027-06-30T10:00:00Z"));
        Instant end = Instant.parse("2026-11-23T12:30:00Z");

        assertThat(planning.sheet(end.plusSeconds(1)).refusal(canteen(MONDAY), LineAction.BOOK))
                .contains(Refusal.at(Code.TOO_LATE, end));
    }

    @Test
    void refuses_before_bookings_open_and_tells_when_they_do() {
        Instant opens = FRIDAY_BEFORE.plusSeconds(3600);
        planning.period(opens, null);

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK))
                .contains(Refusal.at(Code.PERIOD_NOT_OPEN, opens));
        assertThat(planning.sheet(opens).refusal(canteen(MONDAY), LineAction.BOOK))
                .isEmpty();
    }

    @Test
    void refuses_after_bookings_of_the_period_are_over() {
        Instant over = FRIDAY_BEFORE.minusSeconds(1);
        planning.period(null, over);

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK))
                .contains(Refusal.at(Code.PERIOD_OVER, over));
    }

    @Test
    void overlapping_periods_must_all_allow() {
        planning.period(FRIDAY_BEFORE.minusSeconds(60), null).period(FRIDAY_BEFORE.plusSeconds(60), null);

        refuses(canteen(MONDAY), LineAction.BOOK, Code.PERIOD_NOT_OPEN);
    }

    @Test
    void a_period_restricts_the_days_inside_it_only() {
        planning.period(FRIDAY_BEFORE.plusSeconds(3600), null);

        assertThat(planning.sheet().refusal(canteen(LocalDate.of(2027, 1, 4)), LineAction.BOOK))
                .isEmpty();
    }

    @Test
    void a_period_does_not_hinder_an_absence() {
        planning.period(null, FRIDAY_BEFORE.minusSeconds(1)).booked(canteen(MONDAY));

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.CANCEL)).isEmpty();
    }

    @Test
    void refuses_what_excludes_an_activity_of_that_day_and_names_it() {
        planning.booked(new CellId(CHILD, CENTRE, WEDNESDAY));

        assertThat(planning.sheet().refusal(new CellId(CHILD, MORNING, WEDNESDAY), LineAction.BOOK))
                .contains(Refusal.with(Code.INCOMPATIBLE, "Mercredi"));
        assertThat(planning.sheet().refusal(new CellId(CHILD, MORNING, WEDNESDAY.plusDays(7)), LineAction.BOOK))
                .isEmpty();
    }

    @Test
    void an_absence_from_the_other_activity_excludes_nothing() {
        planning.held(new CellId(CHILD, CENTRE, WEDNESDAY), BookingState.ABSENT);

        assertThat(planning.sheet().refusal(new CellId(CHILD, MORNING, WEDNESDAY), LineAction.BOOK))
                .isEmpty();
    }

    @Test
    void refuses_when_the_schedule_is_full() {
        planning.taken(CENTRE, WEDNESDAY, 2, 2);

        refuses(new CellId(CHILD, CENTRE, WEDNESDAY), LineAction.BOOK, Code.FULL);
    }

    @Test
    void a_full_day_is_waited_for_where_the_portal_decides() {
        planning.taken(CANTEEN, MONDAY, 2, 2);

        assertThat(planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK)).isEmpty();
        assertThat(planning.sheet().waits(canteen(MONDAY))).isTrue();
        assertThat(planning.sheet().waits(canteen(MONDAY.plusDays(1)))).isFalse();
    }

    @Test
    void who_comes_while_others_wait_queues_behind_them_though_a_place_has_come_free() {
        planning.taken(CANTEEN, MONDAY, 1, 2).claimed(CANTEEN, MONDAY, 1);

        assertThat(planning.sheet().waits(canteen(MONDAY))).isTrue();
        assertThat(planning.sheet().placesLeft(canteen(MONDAY))).contains(0);
    }

    @Test
    void a_wish_that_waits_lets_no_later_one_of_the_same_submission_overtake_it() {
        BookingSheet sheet = planning.taken(CANTEEN, MONDAY, 2, 2).sheet();
        CellId brother = new CellId(CHILD + 1, CANTEEN, MONDAY);

        sheet.assume(brother, BookingState.WAITLISTED);
        sheet.assume(new CellId(CHILD + 2, CANTEEN, MONDAY), BookingState.BOOKED);
        sheet.assume(new CellId(CHILD + 2, CANTEEN, MONDAY), BookingState.ABSENT);
        assertThat(sheet.waits(canteen(MONDAY))).isTrue();
        sheet.assume(brother, BookingState.NOT_BOOKED);
        assertThat(sheet.placesLeft(canteen(MONDAY))).contains(0);
    }

    @Test
    void what_forbids_a_free_day_forbids_to_wait_for_a_full_one() {
        planning.taken(CANTEEN, MONDAY, 2, 2).bookBy(FRIDAY_BEFORE.minusSeconds(1));

        refuses(canteen(MONDAY), LineAction.BOOK, Code.TOO_LATE);
    }

    @Test
    void places_of_a_pool_that_belong_to_others_who_wait_are_not_left_but_for_the_business_application() {
        planning.pool(5).taken(POOL, WEDNESDAY, 4, 5).claimed(POOL, WEDNESDAY, 1);

        assertThat(planning.sheet().refusal(new CellId(CHILD, CENTRE, WEDNESDAY), LineAction.BOOK))
                .isEmpty();
    }

    @Test
    void refuses_when_a_pool_is_full_though_the_schedule_is_not() {
        planning.pool(5).taken(POOL, WEDNESDAY, 5, 5);

        refuses(new CellId(CHILD, CENTRE, WEDNESDAY), LineAction.BOOK, Code.FULL);
    }

    @Test
    void an_overfilled_counter_has_no_places_rather_than_less_than_none() {
        planning.taken(CANTEEN, MONDAY, 9, 2);

        assertThat(planning.sheet().placesLeft(canteen(MONDAY))).contains(0);
    }

    @Test
    void what_an_earlier_wish_took_a_later_one_does_not_find() {
        planning.taken(CANTEEN, MONDAY, 1, 2);
        BookingSheet sheet = planning.sheet();

        sheet.assume(canteen(MONDAY), BookingState.BOOKED);
        assertThat(sheet.placesLeft(canteen(MONDAY))).contains(0);
        sheet.assume(canteen(MONDAY), BookingState.ABSENT);
        assertThat(sheet.placesLeft(canteen(MONDAY))).contains(1);
    }

    @Test
    void a_family_that_only_reads_may_not_ask() {
        planning.ties(new Tie(FAMILY, false, Custody.ALL)).booked(canteen(MONDAY));

        refuses(canteen(MONDAY.plusDays(1)), LineAction.BOOK, Code.READ_ONLY);
        refuses(canteen(MONDAY), LineAction.CANCEL, Code.READ_ONLY);
    }

    @Test
    void of_two_households_the_one_with_custody_that_week_may_ask() {
        // 23 November 2026 is in ISO week 48.
        planning.ties(new Tie(FAMILY, true, Custody.ODD_WEEKS));

        refuses(canteen(MONDAY), LineAction.BOOK, Code.OTHER_HOUSEHOLD);
        assertThat(planning.sheet().refusal(canteen(MONDAY.plusDays(7)), LineAction.BOOK))
                .isEmpty();
    }

    @Test
    void custody_goes_by_the_iso_week_at_the_turn_of_the_year() {
        // 1 January 2027 is in week 53 of 2026, 4 January in week 1: two odd weeks in a row.
        assertThat(Custody.ODD_WEEKS.covers(LocalDate.of(2027, 1, 1))).isTrue();
        assertThat(Custody.ODD_WEEKS.covers(LocalDate.of(2027, 1, 4))).isTrue();
        assertThat(Custody.EVEN_WEEKS.covers(LocalDate.of(2027, 1, 11))).isTrue();
    }

    @Test
    void a_booking_belongs_to_the_family_with_custody_then_to_the_lowest_reference() {
        planning.registrations(
                registered("R1", OTHER_FAMILY, Custody.ODD_WEEKS, CANTEEN),
                registered("R9", FAMILY, Custody.EVEN_WEEKS, CANTEEN),
                registered("R5", FAMILY, Custody.EVEN_WEEKS, CANTEEN));

        assertThat(planning.child().registration(CANTEEN, MONDAY).orElseThrow().ref())
                .isEqualTo("R5");
        assertThat(planning.child()
                        .registration(CANTEEN, MONDAY.plusDays(7))
                        .orElseThrow()
                        .family())
                .isEqualTo(OTHER_FAMILY);
    }

    @Test
    void reasons_are_sentences_with_the_hour_of_the_town() {
        planning.bookBy(Instant.parse("2026-11-19T11:00:00Z"));
        Refusal refusal =
                planning.sheet().refusal(canteen(MONDAY), LineAction.BOOK).orElseThrow();

        assertThat(BookingWording.reason(refusal, PlanningFixture.PARIS))
                .isEqualTo("Hors délai : la demande était possible jusqu’au jeudi 19 novembre à 12:00.");
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_has_a_sentence(Code code) {
        assertThat(BookingWording.reason(new Refusal(code, FRIDAY_BEFORE, "Mercredi"), PlanningFixture.PARIS))
                .endsWith(".")
                .doesNotContain("{");
        assertThat(BookingWording.reason(Refusal.at(code, FRIDAY_BEFORE), PlanningFixture.PARIS))
                .doesNotContain("{");
    }

    private void refuses(CellId cell, LineAction action, Code expected) {
        assertThat(planning.sheet().refusal(cell, action).map(Refusal::code)).contains(expected);
    }
}
