package fr.portailfamille.booking;

import fr.portailfamille.activity.BookablePeriod;
import fr.portailfamille.activity.Catalogue;
import fr.portailfamille.activity.Catalogue.CounterDay;
import fr.portailfamille.activity.Offer;
import fr.portailfamille.activity.Opening;
import fr.portailfamille.activity.Schedule;
import fr.portailfamille.booking.Stored.Counter;
import fr.portailfamille.booking.Stored.Held;
import fr.portailfamille.request.LineAction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The children, schedules, bookings and places of some days at one instant, and what the rules say of each cell. Wishes of
 * one submission are assumed one after the other, so that a later one sees what an earlier one took.
 */
final class BookingSheet {

    private final Map<Long, ChildRights> children;
    private final Catalogue catalogue;
    private final Map<CellId, Held> bookings;
    private final Map<CounterDay, Counter> counters;
    private final Map<CounterDay, Integer> claims;
    private final Instant now;
    private final ZoneId zone;

    BookingSheet(List<ChildRights> children, Catalogue catalogue, Stored stored, Instant now, ZoneId zone) {
        this.children = children.stream().collect(Collectors.toMap(ChildRights::id, Function.identity()));
        this.catalogue = catalogue;
        this.bookings = new HashMap<>(stored.bookings());
        this.counters = new HashMap<>(stored.counters());
        this.claims = new HashMap<>(stored.claims());
        this.now = now;
        this.zone = zone;
    }

    /** Whether there is such a cell for this family at all; nothing is told of any other. */
    boolean knows(CellId cell) {
        return children.containsKey(cell.child()) && catalogue.offers().containsKey(cell.schedule());
    }

    Held held(CellId cell) {
        return bookings.getOrDefault(cell, Held.NOTHING);
    }

    ChildRights child(CellId cell) {
        return Objects.requireNonNull(children.get(cell.child()));
    }

    Offer offer(CellId cell) {
        return Objects.requireNonNull(catalogue.offers().get(cell.schedule()));
    }

    Opening opening(CellId cell) {
        Offer offer = offer(cell);
        return offer.offered() ? catalogue.calendar().on(offer.schedule(), cell.day()) : new Opening.NoService();
    }

    boolean registered(CellId cell) {
        return child(cell).registration(cell.schedule(), cell.day()).isPresent();
    }

    Optional<Refusal> refusal(CellId cell, LineAction action) {
        return BookingRule.refusal(action, asked(cell, action, now));
    }

    /** Whether what may be asked for here can only be waited for. */
    boolean waits(CellId cell) {
        return hasWaitingList(cell) && asked(cell, LineAction.BOOK, now).full();
    }

    /** Where the business application decides, it keeps the list. */
    private boolean hasWaitingList(CellId cell) {
        return offer(cell).decidedAtOnce();
    }

    /** Whether there is such a schedule any more. */
    boolean offers(CellId cell) {
        return catalogue.offers().containsKey(cell.schedule());
    }

    /** Whether it is this cell's turn, of those that wait: nobody is before it, and there is a place. */
    boolean serves(CellId cell) {
        return knows(cell) && BookingRule.serves(asked(cell, LineAction.BOOK, now, false));
    }

    /** Whether the last instant at which the cell can get a place has passed. */
    boolean over(CellId cell) {
        return now.isAfter(offers(cell) ? lastChance(cell, LineAction.BOOK) : endOf(cell.day()));
    }

    /** By when somebody has to look whether the cell, which waits from now on, can have a place: at once where there is one. */
    Instant nextLook(CellId cell) {
        return asked(cell, LineAction.BOOK, now, false).full()
                ? lastChance(cell, LineAction.BOOK).plusMillis(1)
                : now;
    }

    Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** Whether the reason was there already at an earlier instant, as far as time alone decides. */
    boolean refusedBy(CellId cell, LineAction action, Instant earlier) {
        return BookingRule.refusal(action, asked(cell, action, earlier))
                .filter(refusal -> refusal.code() != Refusal.Code.FULL)
                .isPresent();
    }

    private Asked asked(CellId cell, LineAction action, Instant at) {
        return asked(cell, action, at, hasWaitingList(cell));
    }

    private Asked asked(CellId cell, LineAction action, Instant at, boolean behindOthers) {
        Opening opening = opening(cell);
        return new Asked(
                child(cell).standing(cell.day()),
                registered(cell),
                opening.open(),
                opening instanceof Opening.Closed closed ? closed.reason() : null,
                held(cell).state(),
                periods(cell),
                deadline(cell, action),
                excludedBy(cell),
                placesLeft(cell, behindOthers),
                behindOthers,
                at);
    }

    private List<BookablePeriod> periods(CellId cell) {
        return catalogue.periodsOf(offer(cell).schedule(), cell.day());
    }

    /** As the rules of the activity say, but never beyond the end of what is asked for. */
    Instant deadline(CellId cell, LineAction action) {
        Schedule schedule = offer(cell).schedule();
        Instant limit =
                (action == LineAction.BOOK ? catalogue.toBook() : catalogue.toCancel()).of(schedule, cell.day());
        Instant over = cell.day().atTime(schedule.end()).atZone(zone).toInstant();
        return limit.isBefore(over) ? limit : over;
    }

    /** What families read as « until when »: the deadline, or the end of booking for the period where that is earlier. */
    Instant lastChance(CellId cell, LineAction action) {
        Instant deadline = deadline(cell, action);
        if (action == LineAction.CANCEL) {
            return deadline;
        }
        return periods(cell).stream()
                .map(BookablePeriod::until)
                .filter(Objects::nonNull)
                .<Instant>map(each -> each)
                .filter(deadline::isAfter)
                .min(Instant::compareTo)
                .orElse(deadline);
    }

    private Optional<String> excludedBy(CellId cell) {
        var excluded = catalogue.incompatibleWith(offer(cell).schedule().activity());
        return bookings.entrySet().stream()
                .filter(entry -> entry.getValue().state().holdsPlace()
                        && entry.getKey().child() == cell.child()
                        && entry.getKey().day().equals(cell.day()))
                .map(entry -> catalogue.offers().get(entry.getKey().schedule()))
                .filter(Objects::nonNull)
                .filter(offer -> excluded.contains(offer.schedule().activity()))
                .map(Offer::activity)
                .sorted()
                .findFirst();
    }

    /** For who comes now. Where there is a waiting list, those who are on it come first. */
    Optional<Integer> placesLeft(CellId cell) {
        return placesLeft(cell, hasWaitingList(cell));
    }

    private Optional<Integer> placesLeft(CellId cell, boolean behindOthers) {
        if (behindOthers && claims(cell.schedule(), cell) > 0) {
            return Optional.of(0);
        }
        return catalogue.counters(offer(cell).schedule(), cell.day()).entrySet().stream()
                .flatMap(counter -> counter(counter.getKey(), counter.getValue(), cell).left().stream()
                        .map(left -> behindOthers ? Math.max(0, left - claims(counter.getKey(), cell)) : left))
                .min(Integer::compareTo);
    }

    private int claims(long counter, CellId cell) {
        return claims.getOrDefault(new CounterDay(counter, cell.day()), 0);
    }

    private Counter counter(long id, @Nullable Integer capacity, CellId cell) {
        return counters.getOrDefault(new CounterDay(id, cell.day()), new Counter(0, capacity));
    }

    /** From here on the cell counts as being in that state. */
    void assume(CellId cell, BookingState state) {
        int change = (state.holdsPlace() ? 1 : 0) - (held(cell).state().holdsPlace() ? 1 : 0);
        catalogue.counters(offer(cell).schedule(), cell.day()).forEach((id, capacity) -> {
            Counter before = counter(id, capacity, cell);
            counters.put(new CounterDay(id, cell.day()), new Counter(before.taken() + change, before.capacity()));
        });
        int waiting =
                (state == BookingState.WAITLISTED ? 1 : 0) - (held(cell).state() == BookingState.WAITLISTED ? 1 : 0);
        claims.merge(new CounterDay(cell.schedule(), cell.day()), waiting, Integer::sum);
        bookings.put(cell, Held.of(state));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Map<CellId, Held> bookings() {
        return Map.copyOf(bookings);
    }
}
