package fr.portailfamille.booking;

import fr.portailfamille.activity.Catalogue.AbsenceReason;
import fr.portailfamille.request.LineAction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * A week of a family: child by child, activity by activity, day by day.
 *
 * @param monday its first day
 * @param shownAt the instant that everything in it is true for
 */
public record Week(LocalDate monday, Instant shownAt, List<Child> children, List<AbsenceReason> absenceReasons) {

    public Week {
        children = List.copyOf(children);
        absenceReasons = List.copyOf(absenceReasons);
    }

    /** The seven days, Monday first. */
    public List<LocalDate> days() {
        return monday.datesUntil(monday.plusDays(7)).toList();
    }

    /** Empty when the family does not see such a cell. */
    public Optional<Cell> cell(CellId id) {
        return children.stream()
                .flatMap(child -> child.rows().stream())
                .flatMap(row -> row.cells().stream())
                .filter(cell -> cell.id().equals(id))
                .findFirst();
    }

    public record Child(long id, String firstName, String lastName, List<Row> rows) {

        public Child {
            rows = List.copyOf(rows);
        }
    }

    /** An activity as a facility offers it. {@code cells} are those of the days on which there is something to show. */
    public record Row(long schedule, long activity, String name, String facility, List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }

        public Optional<Cell> on(LocalDate day) {
            return cells.stream().filter(cell -> cell.id().day().equals(day)).findFirst();
        }
    }

    /**
     * One day.
     *
     * @param offered what can be asked for now; empty where the rules forbid it, {@code refusal} then says why
     * @param deadline the last instant at which it can be asked for, were it not for other rules
     * @param placesLeft empty where there is no limit
     * @param atOnce whether the portal decides by itself
     * @param waits whether what is offered is to wait for a place
     * @param rank the place on the waiting list, from 1; empty where it is on none or nobody knows
     * @param withdrawable whether what waits for a decision or a place can be taken back
     * @param note the reason of a closure or of a refusal
     */
    public record Cell(
            CellId id,
            BookingState state,
            LocalTime from,
            LocalTime to,
            Optional<LineAction> offered,
            Optional<Instant> deadline,
            Optional<Integer> placesLeft,
            Optional<Refusal> refusal,
            boolean atOnce,
            boolean waits,
            Optional<Integer> rank,
            boolean withdrawable,
            Optional<String> note) {}
}
