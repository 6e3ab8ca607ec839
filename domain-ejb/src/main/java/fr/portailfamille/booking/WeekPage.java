package fr.portailfamille.booking;

import fr.portailfamille.activity.Offer;
import fr.portailfamille.activity.Opening;
import fr.portailfamille.activity.Schedule;
import fr.portailfamille.request.LineAction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Lays a sheet out as a week. */
final class WeekPage {

    private static final Comparator<Offer> ORDER = Comparator.comparingInt(Offer::order)
            .thenComparing(offer -> offer.schedule().start())
            .thenComparing(Offer::activity)
            .thenComparingLong(Offer::id);

    private final BookingSheet sheet;
    private final LocalDate monday;

    WeekPage(BookingSheet sheet, LocalDate monday) {
        this.sheet = sheet;
        this.monday = monday;
    }

    Week of(List<ChildRights> children, Instant now) {
        return new Week(
                monday,
                now,
                children.stream().map(this::child).toList(),
                sheet.catalogue().absenceReasons());
    }

    private Week.Child child(ChildRights child) {
        TreeSet<Long> schedules = new TreeSet<>();
        child.registrations().forEach(each -> schedules.add(each.schedule()));
        sheet.bookings().keySet().stream()
                .filter(cell -> cell.child() == child.id())
                .forEach(cell -> schedules.add(cell.schedule()));
        List<Week.Row> rows = schedules.stream()
                .flatMap(id -> Optional.ofNullable(sheet.catalogue().offers().get(id)).stream())
                .sorted(ORDER)
                .map(offer -> row(child, offer))
                .filter(row -> !row.cells().isEmpty())
                .toList();
        return new Week.Child(child.id(), child.firstName(), child.lastName(), rows);
    }

    private Week.Row row(ChildRights child, Offer offer) {
        List<Week.Cell> cells = monday.datesUntil(monday.plusDays(7))
                .map(day -> new CellId(child.id(), offer.id(), day))
                .flatMap(id -> cell(id).stream())
                .toList();
        return new Week.Row(offer.id(), offer.schedule().activity(), offer.activity(), offer.facility(), cells);
    }

    private Optional<Week.Cell> cell(CellId id) {
        Stored.Held held = sheet.held(id);
        Opening opening = sheet.opening(id);
        if (held.state().free() && held.state() != BookingState.ABSENT && !opening.open()) {
            boolean serviceDay = sheet.registered(id)
                    && sheet.offer(id).schedule().weekdays().contains(id.day().getDayOfWeek());
            return opening instanceof Opening.Closed closed && serviceDay
                    ? Optional.of(plain(id, BookingState.CLOSED, Optional.of(closed.reason()), Optional.empty()))
                    : Optional.empty();
        }
        if (held.state() == BookingState.NOT_BOOKED && !sheet.registered(id)) {
            return Optional.empty();
        }
        return Optional.of(full(id, held));
    }

    private Week.Cell full(CellId id, Stored.Held held) {
        BookingState state = held.state();
        if (!state.free() && state != BookingState.BOOKED) {
            return plain(id, state, Optional.empty(), held.rank());
        }
        LineAction action = state.free() ? LineAction.BOOK : LineAction.CANCEL;
        Optional<Refusal> refusal = sheet.refusal(id, action);
        Schedule schedule = sheet.offer(id).schedule();
        return new Week.Cell(
                id,
                state,
                schedule.start(),
                schedule.end(),
                refusal.isPresent() ? Optional.empty() : Optional.of(action),
                Optional.of(sheet.lastChance(id, action)),
                state.free() ? sheet.placesLeft(id) : Optional.empty(),
                refusal,
                sheet.offer(id).decidedAtOnce(),
                action == LineAction.BOOK && refusal.isEmpty() && sheet.waits(id),
                Optional.empty(),
                false,
                held.reason());
    }

    /** Nothing can be asked for here; what waits for a decision or a place can be taken back by who may ask. */
    private Week.Cell plain(CellId id, BookingState state, Optional<String> note, Optional<Integer> rank) {
        Schedule schedule = sheet.offer(id).schedule();
        return new Week.Cell(
                id,
                state,
                schedule.start(),
                schedule.end(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sheet.offer(id).decidedAtOnce(),
                false,
                rank,
                state.withdrawable() && sheet.child(id).standing(id.day()) == Asked.Standing.MAY_ACT,
                note);
    }
}
