package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.TestTown.Parent;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.request.MyRequests;
import fr.portailfamille.request.RequestDetail;
import fr.portailfamille.request.RequestRef;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day that is full: who asks for it waits, reads the rank, and may take it back. */
@Tag("container")
@Tag("P8")
@ExtendWith(ArquillianExtension.class)
class WaitingListIT {

    @EJB
    private FamilyPlanning planning;

    @EJB
    private MyRequests requests;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private Clock clock;

    private WaitingScene scene;

    @BeforeEach
    void one_place_that_is_taken() throws Exception {
        scene = new WaitingScene(planning, clock, owner, 1);
        assertThat(scene.ask(scene.first)).isEqualTo(new Decision.Accepted());
    }

    @Test
    void who_finds_the_day_full_waits_and_holds_no_place() throws Exception {
        Week.Cell before = scene.cell(scene.second);
        assertThat(before.waits()).isTrue();
        assertThat(before.placesLeft()).contains(0);

        assertThat(scene.ask(scene.second)).isEqualTo(new Decision.Waitlisted(Optional.of(1)));

        assertThat(scene.cell(scene.second).state()).isEqualTo(BookingState.WAITLISTED);
        assertThat(scene.cell(scene.second).rank()).contains(1);
        assertThat(scene.town.places(scene.schedule, scene.day)).isEqualTo(1);
        assertThat(scene.town.texts("select outcome from decision where town_id = ? order by id"))
                .containsExactly("ACCEPTED", "WAITLISTED");
        assertThat(scene.history(scene.second)).containsExactly("SUBMITTED", "WAITLISTED");
        assertThat(
                        scene.town.texts(
                                "select state || ' ' || decided_count || '/' || line_count from request where town_id = ? order by id"))
                .containsExactly("ACCEPTED 1/1", "IN_PROGRESS 0/1");
        assertThat(scene.dispatched(scene.second)).containsExactly("NEW WAITLISTED");
        assertThat(scene.town.number("select count(*) from booking where town_id = ? and waiting_since is not null"))
                .isEqualTo(1);
        assertThat(scene.mail(scene.second))
                .contains("est inscrite sur liste d'attente, faute de place")
                .contains("Liste d'attente, rang 1");
    }

    @Test
    void ranks_count_those_who_wait_for_the_same_schedule_and_day_and_move_up() throws Exception {
        scene.ask(scene.second);
        assertThat(scene.ask(scene.third)).isEqualTo(new Decision.Waitlisted(Optional.of(2)));
        assertThat(detail(scene.third).rank()).contains(2);

        assertThat(scene.withdraw(scene.second)).isTrue();

        assertThat(scene.cell(scene.third).rank()).contains(1);
        assertThat(detail(scene.third).rank()).contains(1);
    }

    @Test
    void brother_and_sister_in_one_submission_have_a_rank_each_also_in_their_mail() throws Exception {
        long sister = scene.town.child(scene.second.family());
        scene.town.register(sister, scene.second.family(), scene.schedule);

        Answer answer = scene.second
                .parent()
                .caller()
                .call(() -> planning.submit(
                        UUID.randomUUID(),
                        clock.instant(),
                        List.of(
                                Wish.toBook(scene.second.cell()),
                                Wish.toBook(new CellId(sister, scene.schedule, scene.day)))));

        assertThat(answer.decisions())
                .containsExactly(new Decision.Waitlisted(Optional.of(1)), new Decision.Waitlisted(Optional.of(2)));
        assertThat(scene.mail(scene.second)).contains("Liste d'attente, rang 1").contains("Liste d'attente, rang 2");
    }

    @Test
    void the_same_key_again_gives_the_same_answer() throws Exception {
        UUID key = UUID.randomUUID();
        List<Wish> wishes = List.of(Wish.toBook(scene.second.cell()));

        Answer first = scene.second.parent().caller().call(() -> planning.submit(key, clock.instant(), wishes));
        Answer again = scene.second.parent().caller().call(() -> planning.submit(key, clock.instant(), wishes));

        assertThat(again).isEqualTo(first);
        assertThat(again.decisions()).containsExactly(new Decision.Waitlisted(Optional.of(1)));
    }

    @Test
    void a_family_that_takes_it_back_waits_no_more_and_enfance_is_told() throws Exception {
        scene.ask(scene.second);

        assertThat(scene.withdraw(scene.second)).isTrue();
        assertThat(scene.withdraw(scene.second)).isFalse();

        assertThat(scene.cell(scene.second).state()).isEqualTo(BookingState.NOT_BOOKED);
        assertThat(scene.lines(scene.second)).containsExactly("WITHDRAWN");
        assertThat(scene.dispatched(scene.second)).containsExactly("NEW WAITLISTED", "WITHDRAW PENDING");
        assertThat(scene.town.number("select count(*) from booking where town_id = ? and waiting_since is not null"))
                .isZero();
        assertThat(scene.town.number(
                        "select count(*) from request_line where town_id = ? and waiting_since is not null"))
                .isZero();
        assertThat(scene.town.places(scene.schedule, scene.day)).isEqualTo(1);
    }

    @Test
    void who_is_absent_or_was_refused_may_wait_too() throws Exception {
        scene.town.write(
                "insert into booking (town_id, individual_id, schedule_id, day, state, changed_at) values (?, ?, ?, ?, 'ABSENT', '2026-01-01')",
                scene.second.child(),
                scene.schedule,
                scene.day);

        assertThat(scene.ask(scene.second)).isEqualTo(new Decision.Waitlisted(Optional.of(1)));
    }

    @Test
    void nobody_else_sees_who_waits() throws Exception {
        scene.ask(scene.second);
        RequestRef ref = scene.ref(scene.second);

        assertThat(scene.third
                        .parent()
                        .caller()
                        .call(() -> planning.week(scene.day))
                        .cell(scene.second.cell()))
                .isEmpty();
        assertThat(scene.third.parent().caller().call(() -> planning.withdraw(scene.second.cell())))
                .isFalse();
        assertThat(scene.third.parent().caller().call(() -> requests.detail(ref)))
                .isEmpty();
        TestTown elsewhere = TestTown.open(owner);
        TestCaller same =
                TestCaller.family(elsewhere.id(), scene.second.parent().account());
        assertThat(same.call(() -> requests.detail(ref))).isEmpty();
        assertThat(same.call(() -> planning.week(scene.day)).children()).isEmpty();
        assertThat(same.call(() -> planning.withdraw(scene.second.cell()))).isFalse();
        assertThat(scene.cell(scene.second).rank()).contains(1);
    }

    @Test
    void a_pool_that_is_full_makes_wait_and_those_of_another_schedule_are_no_rank_before() throws Exception {
        long evening = scene.town.schedule(scene.town.activity("Soir", "AUTOMATIC"), null);
        scene.town.pool(1, evening);
        scene.town.register(scene.second.child(), scene.second.family(), evening);
        scene.town.register(scene.third.child(), scene.third.family(), evening);
        scene.ask(scene.second);

        assertThat(scene.ask(scene.third.parent(), new CellId(scene.third.child(), evening, scene.day)))
                .isEqualTo(new Decision.Accepted());
        assertThat(scene.ask(scene.second.parent(), new CellId(scene.second.child(), evening, scene.day)))
                .isEqualTo(new Decision.Waitlisted(Optional.of(1)));
    }

    private RequestDetail.Line detail(WaitingScene.Waiter waiter) throws Exception {
        Parent parent = waiter.parent();
        RequestRef ref = scene.ref(waiter);
        return parent.caller()
                .call(() -> requests.detail(ref))
                .orElseThrow()
                .lines()
                .get(0);
    }
}
