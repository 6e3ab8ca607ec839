package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.booking.TestTown.Parent;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.request.LineAction;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A family books, declares absences and takes back, through the boundary and in the database that ships. */
@Tag("container")
@Tag("P8")
@ExtendWith(ArquillianExtension.class)
class FamilyPlanningIT {

    @EJB
    private FamilyPlanning planning;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private Clock clock;

    @Test
    void books_at_once_where_the_portal_decides() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);

        Answer answer = scene.submit(Wish.toBook(scene.cell));

        assertThat(answer.decisions()).containsExactly(new Decision.Accepted());
        assertThat(scene.state()).isEqualTo(BookingState.BOOKED);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(1);
        assertThat(scene.town.texts("select outcome from decision where town_id = ?"))
                .containsExactly("ACCEPTED");
        assertThat(scene.town.texts(
                        "select state || ' ' || decided_count || '/' || line_count from request where town_id = ?"))
                .containsExactly("ACCEPTED 1/1");
        assertThat(scene.town.texts("select kind from request_event where town_id = ? order by id"))
                .containsExactly("SUBMITTED", "ACCEPTED");
        assertThat(scene.town.texts("select template from notice where town_id = ?"))
                .containsExactly("ACKNOWLEDGEMENT");
    }

    @Test
    void holds_the_place_and_waits_where_the_business_application_decides() throws Exception {
        PlanningScene scene = scene("BUSINESS", 5);

        Answer answer = scene.submit(Wish.toBook(scene.cell));

        assertThat(answer.decisions()).containsExactly(new Decision.Pending());
        assertThat(scene.state()).isEqualTo(BookingState.BOOKING_PENDING);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(1);
        assertThat(scene.town.number("select count(*) from decision where town_id = ?"))
                .isZero();
        assertThat(scene.town.texts("select state from request_line where town_id = ?"))
                .containsExactly("SUBMITTED");
        assertThat(scene.town.texts("select kind from request_event where town_id = ?"))
                .containsExactly("SUBMITTED");
    }

    @Test
    void takes_back_what_waits_and_gives_the_place_back() throws Exception {
        PlanningScene scene = scene("BUSINESS", 5);
        scene.submit(Wish.toBook(scene.cell));

        assertThat(scene.parent.caller().call(() -> planning.withdraw(scene.cell)))
                .isTrue();
        assertThat(scene.parent.caller().call(() -> planning.withdraw(scene.cell)))
                .isFalse();

        assertThat(scene.state()).isEqualTo(BookingState.NOT_BOOKED);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isZero();
        assertThat(scene.town.texts("select state from request where town_id = ?"))
                .containsExactly("WITHDRAWN");
    }

    @Test
    void an_absence_frees_the_place_at_once_and_keeps_its_reason() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 1);
        scene.town.write(
                "insert into code (town_id, list, code, label) values (?, 'absence_reason', 'MAL', 'Maladie')");
        scene.submit(Wish.toBook(scene.cell));

        Answer answer = scene.submit(Wish.toCancel(scene.cell, "MAL"));

        assertThat(answer.decisions()).containsExactly(new Decision.Accepted());
        assertThat(scene.state()).isEqualTo(BookingState.ABSENT);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isZero();
        assertThat(scene.town.texts("select absence_code from request_line where town_id = ? and action = 'CANCEL'"))
                .containsExactly("MAL");
        assertThat(scene.town.texts("select type from request where town_id = ? order by submitted_at"))
                .containsExactly("BOOKING", "ABSENCE");
    }

    @Test
    void an_absence_that_waits_for_the_business_application_keeps_the_place() throws Exception {
        PlanningScene scene = scene("BUSINESS", 1);
        scene.town.write(
                "insert into booking (town_id, individual_id, schedule_id, day, state, changed_at) values (?, ?, ?, ?, 'BOOKED', '2026-01-01')",
                scene.child,
                scene.schedule,
                scene.cell.day());
        scene.town.taken(scene.schedule, scene.cell.day(), 1, 1);

        scene.submit(Wish.toCancel(scene.cell, null));

        assertThat(scene.state()).isEqualTo(BookingState.ABSENCE_PENDING);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(1);
        scene.parent.caller().call(() -> planning.withdraw(scene.cell));
        assertThat(scene.state()).isEqualTo(BookingState.BOOKED);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(1);
    }

    @Test
    void the_same_key_again_gives_the_same_answer_and_changes_nothing() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        UUID key = UUID.randomUUID();

        Answer first = scene.submit(key, Wish.toBook(scene.cell));
        Answer again = scene.submit(key, Wish.toBook(scene.cell));

        assertThat(again).isEqualTo(first);
        assertThat(scene.town.number("select count(*) from request where town_id = ?"))
                .isEqualTo(1);
        assertThat(scene.town.number("select count(*) from notice where town_id = ?"))
                .isEqualTo(1);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(1);
    }

    @Test
    void a_click_that_a_rule_forbids_keeps_no_request_and_says_why() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        scene.submit(Wish.toBook(scene.cell));

        Answer answer = scene.submit(Wish.toBook(scene.cell));

        assertThat(answer.request()).isEmpty();
        assertThat(answer.decisions())
                .containsExactly(new Decision.Refused("ALREADY_ASKED", "Ce jour est déjà réservé ou demandé."));
        assertThat(scene.town.number("select count(*) from request where town_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void what_was_too_late_when_shown_keeps_no_request() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        CellId past = scene.on(pastDay());

        Answer answer = scene.parent
                .caller()
                .call(() -> planning.submit(UUID.randomUUID(), clock.instant(), List.of(Wish.toBook(past))));

        assertThat(answer.request()).isEmpty();
        assertThat(((Decision.Refused) answer.decisions().get(0)).code()).isEqualTo("TOO_LATE");
    }

    @Test
    void what_became_too_late_since_it_was_shown_is_kept_as_refused_with_its_reason() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        CellId past = scene.on(pastDay());
        Instant whenInTime =
                past.day().minusDays(1).atStartOfDay(clock.getZone()).toInstant();

        Answer answer = scene.parent
                .caller()
                .call(() -> planning.submit(UUID.randomUUID(), whenInTime, List.of(Wish.toBook(past))));

        assertThat(answer.request()).isPresent();
        assertThat(scene.town.texts("select state || ' ' || reason_code from request_line where town_id = ?"))
                .containsExactly("REFUSED TOO_LATE");
        assertThat(scene.town.texts("select outcome from decision where town_id = ?"))
                .containsExactly("REFUSED");
        assertThat(scene.state(past)).isEqualTo(BookingState.BOOKING_REFUSED);
    }

    @Test
    void what_became_full_is_kept_as_refused_and_takes_no_place() throws Exception {
        PlanningScene scene = scene("BUSINESS", 3);
        scene.town.taken(scene.schedule, scene.cell.day(), 3, 3);

        Answer answer = scene.submit(Wish.toBook(scene.cell));

        assertThat(answer.request()).isPresent();
        assertThat(((Decision.Refused) answer.decisions().get(0)).code()).isEqualTo("FULL");
        assertThat(scene.state()).isEqualTo(BookingState.BOOKING_REFUSED);
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(3);
    }

    @Test
    void several_cells_are_one_request_line_by_line() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        CellId tomorrow = scene.on(scene.cell.day().plusDays(1));
        CellId full = scene.on(scene.cell.day().plusDays(2));
        scene.town.taken(scene.schedule, full.day(), 5, 5);

        Answer answer = scene.submit(Wish.toBook(scene.cell), Wish.toBook(tomorrow), Wish.toBook(full));

        assertThat(answer.decisions()).hasSize(3);
        assertThat(scene.town.texts("select line || ' ' || state from request_line where town_id = ? order by line"))
                .containsExactly("1 ACCEPTED", "2 ACCEPTED", "3 WAITLISTED");
        assertThat(scene.town.texts(
                        "select state || ' ' || decided_count || '/' || line_count from request where town_id = ?"))
                .containsExactly("IN_PROGRESS 2/3");
        assertThat(scene.town.number("select count(*) from notice where town_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void two_activities_that_exclude_each_other_are_not_booked_together() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        long other = scene.town.activity("Mercredi", "AUTOMATIC");
        long otherSchedule = scene.town.schedule(other, null);
        scene.town.register(scene.child, scene.family, otherSchedule);
        scene.town.incompatible(scene.activity, other);

        Answer answer = scene.submit(
                Wish.toBook(scene.cell), Wish.toBook(new CellId(scene.child, otherSchedule, scene.cell.day())));

        assertThat(answer.decisions().get(0)).isEqualTo(new Decision.Accepted());
        assertThat(((Decision.Refused) answer.decisions().get(1)).code()).isEqualTo("INCOMPATIBLE");
    }

    @Test
    void another_family_s_child_is_not_there() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        Parent stranger = scene.town.parent(scene.town.family());

        Answer answer = stranger.caller()
                .call(() -> planning.submit(UUID.randomUUID(), clock.instant(), List.of(Wish.toBook(scene.cell))));

        assertThat(answer.request()).isEmpty();
        assertThat(((Decision.Refused) answer.decisions().get(0)).code()).isEqualTo("NOT_REGISTERED");
        assertThat(scene.town.number("select count(*) from booking where town_id = ?"))
                .isZero();
        assertThat(scene.town.number("select count(*) from place_counter where town_id = ?"))
                .isZero();
        assertThat(stranger.caller().call(() -> planning.week(scene.cell.day())).children())
                .isEmpty();
        assertThat(stranger.caller().call(() -> planning.withdraw(scene.cell))).isFalse();
    }

    @Test
    void an_account_of_the_same_number_in_another_town_sees_nothing() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        TestTown elsewhere = TestTown.open(owner);

        Week week =
                TestCaller.family(elsewhere.id(), scene.parent.account()).call(() -> planning.week(scene.cell.day()));

        assertThat(week.children()).isEmpty();
    }

    @Test
    void agents_and_keys_do_not_enter() {
        assertThatThrownBy(() -> TestCaller.agent(1, 1).call(() -> planning.week(LocalDate.of(2026, 11, 23))))
                .isInstanceOf(EJBAccessException.class);
        assertThatThrownBy(() -> TestCaller.exchange(1, 1).call(() -> planning.week(LocalDate.of(2026, 11, 23))))
                .isInstanceOf(EJBAccessException.class);
    }

    @Test
    void both_households_see_the_child_and_custody_says_who_books() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        LocalDate evenWeek = evenWeek();
        long mother = scene.town.family();
        long father = scene.town.family();
        long child = scene.town.child(mother, "FULL", "EVEN_WEEKS");
        scene.town.belongs(child, father, "FULL", "ODD_WEEKS");
        scene.town.register(child, mother, scene.schedule);
        Parent atMother = scene.town.parent(mother);
        Parent atFather = scene.town.parent(father);
        CellId cell = new CellId(child, scene.schedule, evenWeek);

        Answer refused = atFather.caller()
                .call(() -> planning.submit(UUID.randomUUID(), clock.instant(), List.of(Wish.toBook(cell))));
        Answer booked = atMother.caller()
                .call(() -> planning.submit(UUID.randomUUID(), clock.instant(), List.of(Wish.toBook(cell))));

        assertThat(((Decision.Refused) refused.decisions().get(0)).code()).isEqualTo("OTHER_HOUSEHOLD");
        assertThat(booked.decisions()).containsExactly(new Decision.Accepted());
        Week.Cell seen =
                atFather.caller().call(() -> planning.week(evenWeek)).cell(cell).orElseThrow();
        assertThat(seen.state()).isEqualTo(BookingState.BOOKED);
        assertThat(seen.offered()).isEmpty();
    }

    @Test
    void a_family_without_access_does_not_see_the_child_and_one_that_reads_does_not_book() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        long none = scene.town.family();
        long read = scene.town.family();
        scene.town.belongs(scene.child, none, "NONE", "ALL");
        scene.town.belongs(scene.child, read, "READ", "ALL");

        assertThat(scene.town
                        .parent(none)
                        .caller()
                        .call(() -> planning.week(scene.cell.day()))
                        .children())
                .isEmpty();
        Week.Cell cell = scene.town
                .parent(read)
                .caller()
                .call(() -> planning.week(scene.cell.day()))
                .cell(scene.cell)
                .orElseThrow();
        assertThat(cell.offered()).isEmpty();
        assertThat(cell.refusal().map(Refusal::code)).contains(Refusal.Code.READ_ONLY);
    }

    @Test
    void an_ended_subscription_shows_nothing_any_more() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        scene.town.write("update subscription set ended_at = '2026-02-01' where town_id = ?");

        assertThat(scene.parent
                        .caller()
                        .call(() -> planning.week(scene.cell.day()))
                        .children())
                .isEmpty();
    }

    @Test
    void display_and_save_agree_on_every_cell_of_a_week() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 1);
        scene.town.bookTheDayBefore(scene.activity, "12:00");
        scene.town.taken(scene.schedule, scene.cell.day().plusDays(1), 1, 1);

        Week week = scene.parent.caller().call(() -> planning.week(scene.cell.day()));

        assertThat(week.children().get(0).rows().get(0).cells()).hasSizeGreaterThanOrEqualTo(4);
        for (Week.Cell cell : week.children().get(0).rows().get(0).cells()) {
            Answer answer = scene.submit(new Wish(cell.id(), LineAction.BOOK, null));
            Decision decision = answer.decisions().get(0);
            assertThat(decision instanceof Decision.Waitlisted)
                    .as(cell.toString())
                    .isEqualTo(cell.waits());
            assertThat(decision instanceof Decision.Accepted)
                    .as(cell.toString())
                    .isEqualTo(cell.offered().isPresent() && !cell.waits());
        }
    }

    @Test
    void waits_no_longer_than_two_seconds_for_a_place_that_somebody_holds() throws Exception {
        PlanningScene scene = scene("AUTOMATIC", 5);
        scene.town.taken(scene.schedule, scene.cell.day(), 1, 5);
        try (Handle other = scene.town.handle()) {
            other.begin();
            other.execute(
                    "update place_counter set taken = taken where town_id = ? and counter_id = ?",
                    scene.town.id(),
                    scene.schedule);

            long start = System.nanoTime();
            assertThatThrownBy(() -> scene.submit(Wish.toBook(scene.cell))).isInstanceOf(PlanningBusyException.class);
            assertThat(System.nanoTime() - start).isBetween(1_500_000_000L, 6_000_000_000L);
            other.rollback();
        }
        assertThat(scene.town.number("select count(*) from booking where town_id = ?"))
                .isZero();
        assertThat(scene.submit(Wish.toBook(scene.cell)).decisions()).containsExactly(new Decision.Accepted());
    }

    private PlanningScene scene(String decision, Integer capacity) throws Exception {
        return new PlanningScene(planning, clock, owner, decision, capacity);
    }

    private LocalDate pastDay() {
        LocalDate day = LocalDate.now(clock).minusDays(1);
        while (day.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue()
                || !PlanningScene.openDay(day).equals(day)) {
            day = day.minusDays(1);
        }
        return day;
    }

    private LocalDate evenWeek() {
        LocalDate monday = LocalDate.now(clock).plusWeeks(3).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        // After week 53, week 1 is odd too.
        while (!ChildWeeks.even(monday)) {
            monday = monday.plusWeeks(1);
        }
        return PlanningScene.openDay(monday);
    }
}
