package fr.portailfamille.booking;

import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.booking.TestTown.Parent;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** One family, one child, one canteen, and a Tuesday some weeks ahead. */
final class PlanningScene {

    private final FamilyPlanning planning;
    private final Clock clock;
    final TestTown town;
    final long activity;
    final long schedule;
    final long family;
    final long child;
    final Parent parent;
    final CellId cell;

    PlanningScene(FamilyPlanning planning, Clock clock, DataSource owner, String decision, Integer capacity)
            throws Exception {
        this.planning = planning;
        this.clock = clock;
        town = TestTown.open(owner);
        family = town.family();
        child = town.child(family);
        parent = town.parent(family);
        activity = town.activity("Cantine", decision);
        schedule = town.schedule(activity, capacity);
        town.register(child, family, schedule);
        LocalDate monday = LocalDate.now(clock).plusWeeks(2).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        while (!open(monday.plusDays(1)) || !open(monday.plusDays(2)) || !open(monday.plusDays(3))) {
            monday = monday.plusWeeks(1);
        }
        cell = on(monday.plusDays(1));
    }

    private static boolean open(LocalDate day) {
        return openDay(day).equals(day);
    }

    CellId on(LocalDate day) {
        return new CellId(child, schedule, day);
    }

    Answer submit(Wish... wishes) throws Exception {
        return submit(UUID.randomUUID(), wishes);
    }

    Answer submit(UUID key, Wish... wishes) throws Exception {
        return parent.caller().call(() -> planning.submit(key, clock.instant(), List.of(wishes)));
    }

    BookingState state() throws Exception {
        return state(cell);
    }

    BookingState state(CellId one) throws Exception {
        return parent.caller()
                .call(() -> planning.week(one.day()))
                .cell(one)
                .orElseThrow()
                .state();
    }

    /** A day from this one on that is no public holiday, in the same week. */
    static LocalDate openDay(LocalDate monday) {
        LocalDate day = monday;
        while (PublicHolidays.of(HolidayRegion.METROPOLE).on(day).isPresent()) {
            day = day.plusDays(1);
        }
        return day;
    }
}
