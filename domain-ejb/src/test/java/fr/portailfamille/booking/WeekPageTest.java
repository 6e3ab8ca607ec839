package fr.portailfamille.booking;

import static fr.portailfamille.booking.PlanningFixture.CANTEEN;
import static fr.portailfamille.booking.PlanningFixture.CENTRE;
import static fr.portailfamille.booking.PlanningFixture.CHILD;
import static fr.portailfamille.booking.PlanningFixture.FAMILY;
import static fr.portailfamille.booking.PlanningFixture.MONDAY;
import static fr.portailfamille.booking.PlanningFixture.TUESDAY;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeekPageTest {

    private final PlanningFixture planning = new PlanningFixture();

    @Test
    void shows_one_row_per_activity_and_a_cell_per_day_it_takes_place() {
        Week.Child child = planning.week().children().get(0);

        assertThat(child.rows()).extracting(Week.Row::name).containsExactly("Cantine", "Mercredi", "Matin");
        assertThat(child.rows().get(0).cells())
                .extracting(cell -> cell.id().day())
                .containsExactly(MONDAY, TUESDAY, MONDAY.plusDays(3), MONDAY.plusDays(4));
    }

    @Test
    void a_cell_says_before_the_click_what_can_be_done_until_when_and_how_many_places_are_left() {
        planning.bookBy(Instant.parse("2026-11-20T11:00:00Z")).taken(CANTEEN, MONDAY, 1, 2);

        Week.Cell cell = cell(canteen(MONDAY));

        assertThat(cell.state()).isEqualTo(BookingState.NOT_BOOKED);
        assertThat(cell.offered()).contains(LineAction.BOOK);
        assertThat(cell.deadline()).contains(Instant.parse("2026-11-20T11:00:00Z"));
        assertThat(cell.placesLeft()).contains(1);
    }

    @Test
    void the_end_of_booking_for_the_period_shows_where_it_is_earlier_than_the_deadline() {
        Instant over = Instant.parse("2026-11-21T11:00:00Z");
        planning.period(null, over);

        assertThat(cell(canteen(MONDAY)).deadline()).contains(over);
    }

    @Test
    void a_booked_day_offers_the_absence_with_its_own_deadline() {
        planning.booked(canteen(MONDAY)).cancelBy(Instant.parse("2026-11-22T11:00:00Z"));

        Week.Cell cell = cell(canteen(MONDAY));

        assertThat(cell.offered()).contains(LineAction.CANCEL);
        assertThat(cell.deadline()).contains(Instant.parse("2026-11-22T11:00:00Z"));
        assertThat(cell.placesLeft()).isEmpty();
    }

    @Test
    void what_is_too_late_offers_nothing_and_says_why() {
        planning.bookBy(Instant.parse("2026-11-19T11:00:00Z"));

        Week.Cell cell = cell(canteen(MONDAY));

        assertThat(cell.offered()).isEmpty();
        assertThat(cell.refusal().map(Refusal::code)).contains(Code.TOO_LATE);
    }

    @Test
    void what_waits_for_a_decision_can_be_taken_back_and_nothing_else() {
        planning.held(new CellId(CHILD, CENTRE, WEDNESDAY), BookingState.BOOKING_PENDING);

        Week.Cell cell = cell(new CellId(CHILD, CENTRE, WEDNESDAY));

        assertThat(cell.withdrawable()).isTrue();
        assertThat(cell.offered()).isEmpty();
    }

    @Test
    void a_full_day_of_what_the_portal_decides_offers_to_wait() {
        planning.taken(CANTEEN, MONDAY, 2, 2);

        Week.Cell cell = cell(canteen(MONDAY));

        assertThat(cell.offered()).contains(LineAction.BOOK);
        assertThat(cell.waits()).isTrue();
        assertThat(cell.placesLeft()).contains(0);
        assertThat(cell(canteen(TUESDAY)).waits()).isFalse();
    }

    @Test
    void who_waits_reads_the_rank_and_can_take_it_back() {
        planning.waiting(canteen(MONDAY), 3);

        Week.Cell cell = cell(canteen(MONDAY));

        assertThat(cell.rank()).contains(3);
        assertThat(cell.withdrawable()).isTrue();
        assertThat(cell.offered()).isEmpty();
    }

    @Test
    void who_only_reads_takes_nothing_back() {
        planning.ties(new Tie(FAMILY, false, Custody.ALL))
                .held(new CellId(CHILD, CENTRE, WEDNESDAY), BookingState.BOOKING_PENDING);

        assertThat(cell(new CellId(CHILD, CENTRE, WEDNESDAY)).withdrawable()).isFalse();
    }

    @Test
    void a_closed_day_shows_with_its_reason_where_the_activity_would_have_been() {
        planning.closed(MONDAY, "Journée pédagogique").closed(WEDNESDAY, "Pont");

        assertThat(cell(canteen(MONDAY)).state()).isEqualTo(BookingState.CLOSED);
        assertThat(cell(canteen(MONDAY)).note()).contains("Journée pédagogique");
        assertThat(planning.week().cell(canteen(WEDNESDAY))).isEmpty();
    }

    @Test
    void a_booking_shows_though_the_day_was_closed_or_the_registration_ended() {
        planning.booked(canteen(MONDAY))
                .closed(MONDAY, "Grève")
                .registrations(registered("R2", FAMILY, Custody.ALL, CENTRE));

        assertThat(cell(canteen(MONDAY)).state()).isEqualTo(BookingState.BOOKED);
        assertThat(cell(canteen(MONDAY)).offered()).contains(LineAction.CANCEL);
    }

    @Test
    void a_cell_is_written_and_read_in_one_form() {
        CellId cell = new CellId(12, 34, LocalDate.of(2026, 11, 23));

        assertThat(CellId.of(cell.toString())).contains(cell);
        assertThat(CellId.of("12_34_2026-02-30")).isEqualTo(Optional.empty());
        assertThat(CellId.of("12_34")).isEmpty();
        assertThat(CellId.of(null)).isEmpty();
        assertThat(CellId.of("99999999999999999999_1_2026-11-23")).isEmpty();
    }

    private Week.Cell cell(CellId id) {
        return planning.week().cell(id).orElseThrow();
    }
}
