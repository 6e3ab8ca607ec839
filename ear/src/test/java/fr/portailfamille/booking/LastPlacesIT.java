package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.booking.TestTown.Parent;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 64 families at once for the last 10 places: never 11, never 9, whatever the order. */
@Tag("container")
@Tag("P8")
@ExtendWith(ArquillianExtension.class)
class LastPlacesIT {

    private static final int FAMILIES = 64;
    private static final int LEFT = 10;
    private static final int CAPACITY = 40;
    private static final int SHUFFLES = 100;

    @EJB
    private FamilyPlanning planning;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private Clock clock;

    /** A family, its child and the account. */
    private record Rival(Parent parent, long child) {}

    @Test
    void sixty_four_at_once_for_ten_places_end_in_ten_bookings_in_a_hundred_shuffles() throws Exception {
        TestTown town = TestTown.open(owner);
        long canteen = town.schedule(town.activity("Cantine", "AUTOMATIC"), CAPACITY);
        long day = town.schedule(town.activity("Journée", "AUTOMATIC"), null);
        long morning = town.schedule(town.activity("Matin", "BUSINESS"), null);
        long afternoon = town.schedule(town.activity("Après-midi", "AUTOMATIC"), null);
        long mornings = town.pool(CAPACITY, day, morning);
        long afternoons = town.pool(CAPACITY, day, afternoon);
        List<Rival> rivals = rivals(town, canteen, day, morning, afternoon);

        ExecutorService threads = Executors.newFixedThreadPool(FAMILIES);
        try {
            LocalDate date = LocalDate.now(clock).plusWeeks(2);
            for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
                date = nextOpenDay(date);
                Random random = new Random(shuffle);
                if (shuffle % 2 == 0) {
                    town.taken(canteen, date, CAPACITY - LEFT, CAPACITY);
                    race(threads, rivals, random, date, canteen);
                    assertThat(town.places(canteen, date))
                            .as("shuffle " + shuffle)
                            .isEqualTo(CAPACITY);
                    assertThat(held(town, date, canteen))
                            .as("shuffle " + shuffle)
                            .isEqualTo(LEFT);
                } else {
                    town.taken(mornings, date, CAPACITY - LEFT, CAPACITY);
                    town.taken(afternoons, date, CAPACITY - LEFT, CAPACITY);
                    race(threads, rivals, random, date, day, morning, afternoon);
                    assertThat(town.places(mornings, date))
                            .as("shuffle " + shuffle)
                            .isEqualTo(CAPACITY);
                    assertThat(town.places(afternoons, date))
                            .as("shuffle " + shuffle)
                            .isEqualTo(CAPACITY);
                    assertThat(held(town, date, day) + held(town, date, morning))
                            .as("shuffle " + shuffle)
                            .isEqualTo(LEFT);
                    assertThat(held(town, date, day) + held(town, date, afternoon))
                            .as("shuffle " + shuffle)
                            .isEqualTo(LEFT);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** All start together; each asks for one of the schedules, drawn by the seed. Nobody is left without an answer. */
    private void race(ExecutorService threads, List<Rival> rivals, Random random, LocalDate date, long... schedules)
            throws Exception {
        List<Rival> order = new ArrayList<>(rivals);
        Collections.shuffle(order, random);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Decision>> answers = new ArrayList<>();
        for (Rival rival : order) {
            CellId cell = new CellId(rival.child(), schedules[random.nextInt(schedules.length)], date);
            Callable<Decision> attempt = () -> {
                start.await();
                return rival.parent().caller().call(() -> attempt(cell));
            };
            answers.add(threads.submit(attempt));
        }
        start.countDown();
        for (Future<Decision> answer : answers) {
            assertThat(answer.get()).isNotNull();
        }
    }

    /** Whoever is asked to try again does. */
    private Decision attempt(CellId cell) {
        UUID key = UUID.randomUUID();
        while (true) {
            try {
                return planning.submit(key, clock.instant(), List.of(Wish.toBook(cell)))
                        .decisions()
                        .get(0);
            } catch (PlanningBusyException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private static int held(TestTown town, LocalDate date, long schedule) {
        return town.number(
                "select count(*) from booking where town_id = ? and schedule_id = ? and day = ?"
                        + " and state in ('BOOKED', 'BOOKING_PENDING')",
                schedule,
                date);
    }

    private static List<Rival> rivals(TestTown town, long... schedules) {
        List<Rival> rivals = new ArrayList<>();
        for (int i = 0; i < FAMILIES; i++) {
            long family = town.family();
            long child = town.child(family);
            town.register(child, family, schedules);
            rivals.add(new Rival(town.parent(family), child));
        }
        return rivals;
    }

    private static LocalDate nextOpenDay(LocalDate after) {
        LocalDate day = after.plusDays(1);
        while (day.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue()
                || PublicHolidays.of(HolidayRegion.METROPOLE).on(day).isPresent()) {
            day = day.plusDays(1);
        }
        return day;
    }
}
