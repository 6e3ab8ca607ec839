package fr.portailfamille.booking;

import static fr.portailfamille.booking.PlanningFixture.CANTEEN;
import static fr.portailfamille.booking.PlanningFixture.CENTRE;
import static fr.portailfamille.booking.PlanningFixture.CHILD;
import static fr.portailfamille.booking.PlanningFixture.FRIDAY_BEFORE;
import static fr.portailfamille.booking.PlanningFixture.MONDAY;
import static fr.portailfamille.booking.PlanningFixture.MORNING;
import static fr.portailfamille.booking.PlanningFixture.POOL;
import static fr.portailfamille.booking.PlanningFixture.TUESDAY;
import static fr.portailfamille.booking.PlanningFixture.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class ServedTest {

    private final PlanningFixture planning = new PlanningFixture().classmates(5);
    private final List<Waiting> queue = new ArrayList<>();

    @Test
    void the_first_to_have_asked_gets_the_place_and_the_next_the_next() {
        wait(CHILD, CANTEEN, MONDAY);
        wait(CHILD + 1, CANTEEN, MONDAY);
        wait(CHILD + 2, CANTEEN, MONDAY);

        assertThat(booked(planning.taken(CANTEEN, MONDAY, 3, 3))).isEmpty();
        assertThat(booked(planning.taken(CANTEEN, MONDAY, 2, 3))).containsExactly(CHILD);
        assertThat(booked(planning.taken(CANTEEN, MONDAY, 1, 3))).containsExactly(CHILD, CHILD + 1);
    }

    @Test
    void who_may_not_have_it_is_passed_over_and_takes_nothing_from_those_behind() {
        wait(CHILD + 9, CANTEEN, MONDAY);
        wait(CHILD, CANTEEN, MONDAY);

        Served served = served(planning.taken(CANTEEN, MONDAY, 2, 3));

        assertThat(children(served.booked())).containsExactly(CHILD);
        assertThat(served.over()).isEmpty();
        assertThat(served.next()).isPresent();
    }

    @Test
    void who_waits_for_two_activities_that_exclude_each_other_gets_the_one_asked_for_first() {
        wait(CHILD, CENTRE, WEDNESDAY);
        wait(CHILD, MORNING, WEDNESDAY);
        wait(CHILD + 1, MORNING, WEDNESDAY);

        assertThat(cells(planning.taken(CENTRE, WEDNESDAY, 0, 1).taken(MORNING, WEDNESDAY, 0, 2)))
                .containsExactly(new CellId(CHILD, CENTRE, WEDNESDAY), new CellId(CHILD + 1, MORNING, WEDNESDAY));
    }

    @Test
    void places_of_a_pool_go_to_the_first_of_all_its_schedules() {
        wait(CHILD, CENTRE, WEDNESDAY);
        wait(CHILD + 1, MORNING, WEDNESDAY);
        wait(CHILD + 2, CENTRE, WEDNESDAY);

        assertThat(booked(planning.pool(5).taken(POOL, WEDNESDAY, 3, 5))).containsExactly(CHILD, CHILD + 1);
    }

    @Test
    void a_full_schedule_of_a_pool_holds_nobody_of_another_one_up() {
        wait(CHILD, CENTRE, WEDNESDAY);
        wait(CHILD + 1, MORNING, WEDNESDAY);

        assertThat(booked(planning.pool(5).taken(POOL, WEDNESDAY, 4, 5).taken(CENTRE, WEDNESDAY, 1, 1)))
                .containsExactly(CHILD + 1);
    }

    @Test
    void no_place_is_given_to_two() {
        wait(CHILD, CANTEEN, MONDAY);
        wait(CHILD + 1, CANTEEN, MONDAY);
        wait(CHILD + 2, CANTEEN, MONDAY);
        BookingSheet sheet = planning.taken(CANTEEN, MONDAY, 1, 2).sheet();

        assertThat(children(Served.of(queue, sheet).booked())).containsExactly(CHILD);
        assertThat(children(Served.of(queue, sheet).booked()))
                .as("nothing is kept of a look")
                .containsExactly(CHILD);
    }

    @Test
    void who_waited_until_the_deadline_in_vain_waits_no_more() {
        wait(CHILD, CANTEEN, MONDAY);
        planning.taken(CANTEEN, MONDAY, 3, 3).bookBy(FRIDAY_BEFORE);

        assertThat(served(planning).over()).isEmpty();
        assertThat(served(planning).next()).contains(FRIDAY_BEFORE);
        Served late = Served.of(queue, planning.sheet(FRIDAY_BEFORE.plusMillis(1)));
        assertThat(children(late.over())).containsExactly(CHILD);
        assertThat(late.next()).isEmpty();
    }

    @Test
    void a_place_that_comes_free_too_late_goes_to_nobody_who_waits() {
        wait(CHILD, CANTEEN, MONDAY);
        planning.taken(CANTEEN, MONDAY, 0, 3).bookBy(FRIDAY_BEFORE.minusMillis(1));

        assertThat(served(planning).booked()).isEmpty();
        assertThat(children(served(planning).over())).containsExactly(CHILD);
    }

    @Test
    void the_end_of_booking_for_a_period_ends_the_waiting_too() {
        wait(CHILD, CANTEEN, MONDAY);
        planning.taken(CANTEEN, MONDAY, 3, 3).period(null, FRIDAY_BEFORE.minusMillis(1));

        assertThat(children(served(planning).over())).containsExactly(CHILD);
    }

    @Test
    void a_schedule_that_is_gone_is_waited_for_until_its_day_is_over() {
        wait(CHILD, 999, TUESDAY);

        assertThat(served(planning).over()).isEmpty();
        Instant next = served(planning).next().orElseThrow();
        assertThat(next)
                .isEqualTo(
                        TUESDAY.plusDays(1).atStartOfDay(PlanningFixture.PARIS).toInstant());
        assertThat(children(Served.of(queue, planning.sheet(next.plusMillis(1))).over()))
                .containsExactly(CHILD);
    }

    @Test
    void a_look_moves_no_more_than_it_is_told_and_the_first_ones() {
        wait(CHILD, CANTEEN, MONDAY);
        wait(CHILD + 1, CANTEEN, MONDAY);
        wait(CHILD + 2, CANTEEN, MONDAY);

        assertThat(children(served(planning.taken(CANTEEN, MONDAY, 0, 3)).moving(2)))
                .containsExactly(CHILD, CHILD + 1);
    }

    private void wait(long child, long schedule, LocalDate day) {
        CellId cell = new CellId(child, schedule, day);
        queue.add(new Waiting(queue.size() + 1, 1, cell, FRIDAY_BEFORE.minusSeconds(60)));
        planning.held(cell, BookingState.WAITLISTED);
    }

    private Served served(PlanningFixture fixture) {
        return Served.of(queue, fixture.sheet());
    }

    private List<Long> booked(PlanningFixture fixture) {
        return children(served(fixture).booked());
    }

    private List<CellId> cells(PlanningFixture fixture) {
        return served(fixture).booked().stream().map(Waiting::cell).toList();
    }

    private static List<Long> children(List<Waiting> some) {
        return some.stream().map(each -> each.cell().child()).toList();
    }
}
