package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.WaitingScene.Waiter;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.notice.digest.DigestDesk;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A place that comes free goes to the first who waits, by itself, and never to two. */
@Tag("container")
@Tag("P8")
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class FreedPlacesIT {

    @EJB
    private FamilyPlanning planning;

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk digests;

    @Inject
    private WaitingDays days;

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
    void the_place_of_a_family_that_cancels_is_the_first_one_s_and_all_are_told() throws Exception {
        scene.ask(scene.second);
        scene.ask(scene.third);
        awaitLook();

        assertThat(scene.cancel(scene.first)).isEqualTo(new Decision.Accepted());

        await(() -> scene.state(scene.second) == BookingState.BOOKED);
        assertThat(scene.lines(scene.second)).containsExactly("ACCEPTED");
        assertThat(scene.history(scene.second)).containsExactly("SUBMITTED", "WAITLISTED", "ACCEPTED");
        assertThat(scene.decisions(scene.second)).containsExactly("WAITLISTED", "ACCEPTED");
        assertThat(scene.dispatched(scene.second)).containsExactly("NEW WAITLISTED", "UPDATE ACCEPTED");
        assertThat(scene.news(scene.second)).isEqualTo(1);
        assertThat(digest(scene.second))
                .contains("2 de vos demandes ont été traitées")
                .contains("| Liste d'attente")
                .doesNotContain("rang")
                .contains("| Acceptée");
        assertThat(scene.mail(scene.third, 2)).contains("| Liste d'attente, rang 1");
        assertThat(scene.cell(scene.third).rank()).contains(1);
        assertThat(scene.town.places(scene.schedule, scene.day)).isEqualTo(1);
    }

    @Test
    void who_takes_back_what_waits_for_enfance_frees_a_place_of_a_pool() throws Exception {
        long centre = scene.town.schedule(scene.town.activity("Centre", "BUSINESS"), null);
        long evening = scene.town.schedule(scene.town.activity("Soir", "AUTOMATIC"), null);
        scene.town.pool(1, centre, evening);
        scene.town.register(scene.first.child(), scene.first.family(), centre);
        scene.town.register(scene.second.child(), scene.second.family(), evening);
        CellId pending = new CellId(scene.first.child(), centre, scene.day);
        CellId waiting = new CellId(scene.second.child(), evening, scene.day);
        assertThat(scene.ask(scene.first.parent(), pending)).isEqualTo(new Decision.Pending());
        assertThat(scene.ask(scene.second.parent(), waiting)).isEqualTo(new Decision.Waitlisted(Optional.of(1)));
        awaitLook();

        assertThat(scene.first.parent().caller().call(() -> planning.withdraw(pending)))
                .isTrue();

        await(() -> scene.state(scene.second.parent(), waiting) == BookingState.BOOKED);
    }

    @Test
    void nobody_overtakes_those_who_wait_though_a_place_has_just_come_free() throws Exception {
        scene.ask(scene.second);
        awaitLook();
        // Without a word, as if the sweep had not come to it yet.
        scene.town.taken(scene.schedule, scene.day, 1, 2);

        assertThat(scene.cell(scene.third).placesLeft()).contains(0);
        assertThat(scene.ask(scene.third)).isEqualTo(new Decision.Waitlisted(Optional.of(2)));

        await(() -> scene.state(scene.second) == BookingState.BOOKED);
        awaitLook();
        assertThat(scene.cell(scene.third).rank()).contains(1);
        assertThat(scene.town.places(scene.schedule, scene.day)).isEqualTo(2);
    }

    @Test
    void who_is_not_registered_any_more_is_passed_over() throws Exception {
        scene.ask(scene.second);
        scene.ask(scene.third);
        scene.town.write(
                "update registration set status = 'ENDED' where town_id = ? and individual_id = ?",
                scene.second.child());

        scene.cancel(scene.first);

        await(() -> scene.state(scene.third) == BookingState.BOOKED);
        assertThat(scene.state(scene.second)).isEqualTo(BookingState.WAITLISTED);
    }

    @Test
    void who_has_waited_until_the_deadline_is_told_that_it_was_in_vain() throws Exception {
        scene.ask(scene.second);
        awaitLook();
        Instant over = clock.instant();
        scene.town.write(
                "insert into booking_rule (town_id, id, ref, activity_id, action, kind, until)"
                        + " values (?, nextval('place_seq'), 'FIN', ?, 'BOOK', 'FIXED', ?::timestamptz)",
                scene.activity,
                over.toString());

        scene.lookNow();

        await(() -> scene.state(scene.second) == BookingState.BOOKING_REFUSED);
        String reason = "Aucune place ne s’est libérée avant la date limite de réservation.";
        assertThat(scene.cell(scene.second).note()).contains(reason);
        assertThat(scene.lines(scene.second)).containsExactly("REFUSED FULL " + reason);
        assertThat(scene.history(scene.second)).containsExactly("SUBMITTED", "WAITLISTED", "REFUSED");
        assertThat(scene.decisions(scene.second)).containsExactly("WAITLISTED", "REFUSED");
        assertThat(scene.dispatched(scene.second)).containsExactly("NEW WAITLISTED", "UPDATE REFUSED");
        assertThat(scene.town.places(scene.schedule, scene.day)).isEqualTo(1);
        awaitLook();
    }

    @Test
    void the_deadline_itself_makes_it_look_again() throws Exception {
        Instant soon = clock.instant().plusSeconds(4);
        scene.town.write(
                "insert into booking_rule (town_id, id, ref, activity_id, action, kind, until)"
                        + " values (?, nextval('place_seq'), 'FIN', ?, 'BOOK', 'FIXED', ?::timestamptz)",
                scene.activity,
                soon.toString());
        assertThat(scene.ask(scene.second)).isInstanceOf(Decision.Waitlisted.class);

        await(() -> scene.state(scene.second) == BookingState.BOOKING_REFUSED);

        assertThat(clock.instant()).isAfter(soon);
    }

    @Test
    void who_holds_a_waiting_child_up_holds_it_up_for_a_while_only() throws Exception {
        scene.ask(scene.second);
        try (Handle other = scene.town.handle()) {
            other.begin();
            other.execute(
                    "update booking set changed_at = changed_at where town_id = ? and individual_id = ?",
                    scene.town.id(),
                    scene.second.child());
            scene.cancel(scene.first);
            await(() -> scene.due().stream().anyMatch(due -> due.isAfter(clock.instant())));
            assertThat(scene.town.places(scene.schedule, scene.day)).isZero();
            other.rollback();
        }
        await(() -> scene.state(scene.second) == BookingState.BOOKED);
    }

    @Test
    void a_day_is_lent_once_and_stays_due_when_somebody_asks_for_a_look_meanwhile() {
        Instant later = Instant.parse("2100-01-01T00:00:00Z");
        LocalDate day = LocalDate.of(2036, 5, 5);
        scene.town.write(
                "insert into work_due (kind, town_id, item_id, due_at) values ('WAITING', ?, ?, ?::timestamptz)",
                day.toEpochDay(),
                later.toString());
        WaitingDays.Lent lent = new WaitingDays.Lent(scene.town.id(), day, later);

        days.giveBack(new WaitingDays.Lent(scene.town.id(), day, later.minusSeconds(1)), Optional.empty());
        assertThat(scene.due()).containsExactly(later);
        days.giveBack(lent, Optional.of(later.plusSeconds(1)));
        assertThat(scene.due()).containsExactly(later.plusSeconds(1));
        days.giveBack(lent, Optional.empty());
        assertThat(scene.due()).containsExactly(later.plusSeconds(1));
        days.giveBack(new WaitingDays.Lent(scene.town.id(), day, later.plusSeconds(1)), Optional.empty());
        assertThat(scene.due()).isEmpty();
    }

    /** Families ask and cancel as they like, on two schedules that share places. */
    @Test
    void whatever_families_do_no_place_is_given_twice_and_none_is_left_while_somebody_waits() throws Exception {
        long morning = scene.town.schedule(scene.town.activity("Matin", "AUTOMATIC"), 3);
        long evening = scene.town.schedule(scene.town.activity("Soir", "AUTOMATIC"), null);
        long pool = scene.town.pool(4, morning, evening);
        List<Callable<Void>> families = new ArrayList<>();
        List<CellId> cells = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Waiter waiter = scene.waiter();
            long schedule = i % 2 == 0 ? morning : evening;
            scene.town.register(waiter.child(), waiter.family(), schedule);
            CellId cell = new CellId(waiter.child(), schedule, scene.day);
            cells.add(cell);
            Random random = new Random(i);
            families.add(() -> {
                for (int turn = 0; turn < 12; turn++) {
                    act(waiter, cell, random);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(families.size());
        try {
            for (Future<Void> family : threads.invokeAll(families)) {
                family.get();
            }
        } finally {
            threads.shutdownNow();
        }
        awaitLook();

        int inMorning = held(morning);
        int inEvening = held(evening);
        assertThat(scene.town.places(pool, scene.day))
                .isEqualTo(inMorning + inEvening)
                .isLessThanOrEqualTo(4);
        assertThat(scene.town.places(morning, scene.day)).isEqualTo(inMorning).isLessThanOrEqualTo(3);
        if (inMorning + inEvening < 4) {
            assertThat(waiting(evening)).isZero();
            assertThat(inMorning == 3 || waiting(morning) == 0).isTrue();
        }
    }

    /** Tells all that is untold, as at the hour of the town. */
    private String digest(Waiter waiter) {
        gate.doInTown(scene.town.id(), () -> digests.tell(digests.closeNow().orElseThrow()));
        return scene.mail(waiter, 2);
    }

    private void act(Waiter waiter, CellId cell, Random random) throws Exception {
        BookingState state = scene.state(waiter.parent(), cell);
        try {
            if (state == BookingState.BOOKED) {
                scene.cancel(waiter.parent(), cell);
            } else if (state == BookingState.WAITLISTED) {
                if (random.nextInt(3) == 0) {
                    waiter.parent().caller().call(() -> planning.withdraw(cell));
                }
            } else {
                scene.ask(waiter.parent(), cell);
            }
        } catch (PlanningBusyException e) {
            assertThat(e).isNotNull();
        }
    }

    private int held(long schedule) {
        return scene.town.number(
                "select count(*) from booking where town_id = ? and schedule_id = ? and day = ? and state = 'BOOKED'",
                schedule,
                scene.day);
    }

    private int waiting(long schedule) {
        return scene.town.number(
                "select count(*) from booking where town_id = ? and schedule_id = ? and day = ? and state = 'WAITLISTED'",
                schedule,
                scene.day);
    }

    /** Until everything that was due has been looked at: what is next is not soon, and only a ring makes it sooner. */
    private void awaitLook() throws Exception {
        await(() ->
                scene.due().stream().allMatch(due -> due.isAfter(clock.instant().plusSeconds(600))));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            Waiting.aMoment();
        }
    }
}
