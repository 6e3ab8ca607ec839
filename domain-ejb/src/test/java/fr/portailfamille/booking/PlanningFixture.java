package fr.portailfamille.booking;

import fr.portailfamille.activity.BookablePeriod;
import fr.portailfamille.activity.Catalogue;
import fr.portailfamille.activity.Catalogue.AbsenceReason;
import fr.portailfamille.activity.Catalogue.CounterDay;
import fr.portailfamille.activity.Closure;
import fr.portailfamille.activity.DeadlineRule;
import fr.portailfamille.activity.Deadlines;
import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.Offer;
import fr.portailfamille.activity.OpeningCalendar;
import fr.portailfamille.activity.Pool;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.activity.Schedule;
import fr.portailfamille.booking.ChildRights.Custody;
import fr.portailfamille.booking.ChildRights.Registration;
import fr.portailfamille.booking.ChildRights.Tie;
import fr.portailfamille.booking.Stored.Counter;
import fr.portailfamille.booking.Stored.Held;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A child, its canteen (Monday, Tuesday, Thursday, Friday, 2 places) and its Wednesday centre, in the week of 23 November 2026. */
final class PlanningFixture {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    static final LocalDate TUESDAY = MONDAY.plusDays(1);
    static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    /** Friday before, 09:00 in Paris. */
    static final Instant FRIDAY_BEFORE = Instant.parse("2026-11-20T08:00:00Z");

    static final long CHILD = 1;
    static final long FAMILY = 7;
    static final long OTHER_FAMILY = 8;
    static final long CANTEEN = 100;
    static final long CENTRE = 200;
    static final long MORNING = 300;
    static final long POOL = 900;

    private List<Tie> ties = List.of(new Tie(FAMILY, true, Custody.ALL));
    private final List<Registration> registrations = new ArrayList<>(List.of(
            registered("R1", FAMILY, Custody.ALL, CANTEEN),
            registered("R2", FAMILY, Custody.ALL, CENTRE),
            registered("R3", FAMILY, Custody.ALL, MORNING)));
    private int classmates;
    private final List<DeadlineRule> toBook = new ArrayList<>();
    private final List<DeadlineRule> toCancel = new ArrayList<>();
    private final List<BookablePeriod> periods = new ArrayList<>();
    private final List<Closure> closures = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private final Map<CellId, Held> bookings = new HashMap<>();
    private final Map<CounterDay, Counter> counters = new HashMap<>();
    private final Map<CounterDay, Integer> claims = new HashMap<>();

    static Registration registered(String ref, long family, Custody custody, long schedule) {
        return new Registration(
                ref, family, custody, schedule, LocalDate.of(2026, 9, 1), LocalDate.of(2027, 7, 2), Set.of());
    }

    static CellId canteen(LocalDate day) {
        return new CellId(CHILD, CANTEEN, day);
    }

    PlanningFixture ties(Tie... some) {
        ties = List.of(some);
        return this;
    }

    PlanningFixture registrations(Registration... some) {
        registrations.clear();
        registrations.addAll(List.of(some));
        return this;
    }

    PlanningFixture booked(CellId cell) {
        return held(cell, BookingState.BOOKED);
    }

    PlanningFixture held(CellId cell, BookingState state) {
        bookings.put(cell, Held.of(state));
        return this;
    }

    PlanningFixture taken(long counter, LocalDate day, int taken, int capacity) {
        counters.put(new CounterDay(counter, day), new Counter(taken, capacity));
        return this;
    }

    /** Others of the same class, registered like the first; their ids follow the first one's. */
    PlanningFixture classmates(int number) {
        classmates = number;
        return this;
    }

    PlanningFixture waiting(CellId cell, int rank) {
        bookings.put(cell, new Held(BookingState.WAITLISTED, Optional.empty(), Optional.of(rank)));
        return this;
    }

    /** Places that belong to those who wait. */
    PlanningFixture claimed(long counter, LocalDate day, int places) {
        claims.put(new CounterDay(counter, day), places);
        return this;
    }

    PlanningFixture period(Instant from, Instant until) {
        periods.add(new BookablePeriod(
                "Trimestre", LocalDate.of(2026, 9, 1), LocalDate.of(2026, 12, 31), null, from, until));
        return this;
    }

    PlanningFixture closed(LocalDate day, String reason) {
        closures.add(new Closure(day, day, reason, null, null));
        return this;
    }

    PlanningFixture bookBy(Instant until) {
        toBook.add(new DeadlineRule(1, null, new DeadlineRule.Fixed(until)));
        return this;
    }

    PlanningFixture cancelBy(Instant until) {
        toCancel.add(new DeadlineRule(1, null, new DeadlineRule.Fixed(until)));
        return this;
    }

    /** The centre's day and morning share these places. */
    PlanningFixture pool(int capacity) {
        pools.add(new Pool(POOL, capacity, Set.of(CENTRE, MORNING)));
        return this;
    }

    ChildRights child() {
        return new ChildRights(CHILD, "Maéva", "ADERNO", ties, registrations);
    }

    private List<ChildRights> children() {
        return LongStream.rangeClosed(CHILD, CHILD + classmates)
                .mapToObj(id -> new ChildRights(id, "Maéva", "ADERNO", ties, registrations))
                .toList();
    }

    BookingSheet sheet() {
        return sheet(FRIDAY_BEFORE);
    }

    BookingSheet sheet(Instant now) {
        OpeningCalendar calendar = new OpeningCalendar(Map.of(), closures, PublicHolidays.of(HolidayRegion.METROPOLE));
        Catalogue catalogue = new Catalogue(
                offers(),
                calendar,
                new Deadlines(toBook, calendar, PARIS),
                new Deadlines(toCancel, calendar, PARIS),
                periods,
                pools,
                Map.of(),
                Map.of(2L, Set.of(3L), 3L, Set.of(2L)),
                List.of(new AbsenceReason("MAL", "Maladie")));
        return new BookingSheet(children(), catalogue, new Stored(bookings, counters, claims), now, PARIS);
    }

    Week week() {
        return new WeekPage(sheet(), MONDAY).of(List.of(child()), FRIDAY_BEFORE);
    }

    private static Map<Long, Offer> offers() {
        return List.of(
                        new Offer(
                                schedule(CANTEEN, 1, "1245", "12:00", "13:30", 2),
                                "Cantine",
                                "École Lux",
                                true,
                                true,
                                1),
                        new Offer(
                                schedule(CENTRE, 2, "3", "07:30", "18:30", null), "Mercredi", "Centre", false, true, 2),
                        new Offer(schedule(MORNING, 3, "3", "07:30", "12:00", null), "Matin", "Centre", false, true, 3))
                .stream()
                .collect(Collectors.toMap(Offer::id, Function.identity()));
    }

    private static Schedule schedule(
            long id, long activity, String weekdays, String start, String end, Integer capacity) {
        return new Schedule(
                id,
                activity,
                10,
                LocalTime.parse(start),
                LocalTime.parse(end),
                Schedule.weekdays(weekdays),
                capacity,
                LocalDate.of(2026, 9, 1),
                LocalDate.of(2027, 8, 31));
    }
}
