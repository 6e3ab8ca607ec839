package fr.portailfamille.portal;

import fr.portailfamille.booking.BookingState;
import fr.portailfamille.booking.Week;
import fr.portailfamille.family.Child;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Turns a week of the domain into what the page shows, word for word. */
final class PlanningCells {

    static final String WITHDRAW = "WITHDRAW";

    private final PlanningWording wording;

    PlanningCells(PlanningWording wording) {
        this.wording = wording;
    }

    /** A column; {@code marks} are the styles of the states that the day holds, for the strip on phones. */
    public record Day(
            String date,
            String name,
            String inFull,
            boolean today,
            boolean weekend,
            boolean shown,
            List<String> marks) {}

    public record ChildRows(long id, String name, String initials, int colour, List<Row> rows) {}

    public record Row(long activity, String name, String facility, List<Slot> slots) {}

    /** A day of a row; without a cell where there is nothing to show. */
    public record Slot(String date, boolean weekend, Cell cell) {}

    /**
     * A cell. {@code act} is what a click proposes, empty where it only explains; {@code where} names it out loud.
     */
    public record Cell(
            String id,
            String style,
            String icon,
            String word,
            String hours,
            String more,
            String act,
            String title,
            String where,
            String what,
            boolean button) {}

    List<ChildRows> children(Week week) {
        List<ChildRows> children = new ArrayList<>();
        for (Week.Child child : week.children()) {
            int colour = children.size() % Child.COLOURS + 1;
            children.add(new ChildRows(
                    child.id(),
                    child.firstName() + " " + child.lastName(),
                    new Child(child.id(), child.firstName(), child.lastName(), colour, false).initials(),
                    colour,
                    child.rows().stream().map(row -> row(week, child, row)).toList()));
        }
        return children;
    }

    private Row row(Week week, Week.Child child, Week.Row row) {
        List<Slot> slots = week.days().stream()
                .map(day -> new Slot(
                        day.toString(),
                        weekend(day),
                        row.on(day).map(cell -> cell(child, row, cell)).orElse(null)))
                .toList();
        return new Row(row.activity(), row.name(), row.facility(), slots);
    }

    Cell cell(Week.Child child, Week.Row row, Week.Cell cell) {
        String act =
                cell.withdrawable() ? WITHDRAW : cell.offered().map(Enum::name).orElse("");
        boolean locked = cell.state().free() && act.isEmpty();
        return new Cell(
                cell.id().toString(),
                style(cell.state(), locked),
                icon(cell, locked),
                PlanningWording.word(cell),
                PlanningWording.hours(cell),
                wording.more(cell),
                act,
                title(cell, act),
                child.firstName() + ", " + row.name() + ", "
                        + PlanningWording.inFull(cell.id().day()),
                wording.what(cell, act),
                cell.state() != BookingState.CLOSED);
    }

    private static String icon(Week.Cell cell, boolean locked) {
        if (cell.state() != BookingState.NOT_BOOKED) {
            return icon(cell.state());
        }
        return locked ? "lock" : cell.waits() ? "queue" : "plus";
    }

    private static String title(Week.Cell cell, String act) {
        if (act.isEmpty()) {
            return PlanningWording.word(cell);
        }
        return PlanningWording.say(cell.waits() ? "act.WAIT" : "act." + act);
    }

    List<Day> days(Week week, LocalDate shown) {
        return week.days().stream()
                .map(day -> new Day(
                        day.toString(),
                        PlanningWording.weekday(day),
                        PlanningWording.inFull(day),
                        day.equals(wording.today()),
                        weekend(day),
                        day.equals(shown),
                        marks(week, day)))
                .toList();
    }

    private static List<String> marks(Week week, LocalDate day) {
        return cells(week, cell -> cell.id().day().equals(day)).stream()
                .map(cell -> style(
                        cell.state(), cell.state().free() && cell.offered().isEmpty()))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Week.Cell> cells(Week week, Predicate<Week.Cell> wanted) {
        return week.children().stream()
                .flatMap(child -> child.rows().stream())
                .flatMap(row -> row.cells().stream())
                .filter(wanted)
                .toList();
    }

    /** The cells of some days: an act on one may change what the others of its day allow. */
    List<Cell> ofDays(Week week, Set<LocalDate> days) {
        List<Cell> cells = new ArrayList<>();
        for (Week.Child child : week.children()) {
            for (Week.Row row : child.rows()) {
                row.cells().stream()
                        .filter(cell -> days.contains(cell.id().day()))
                        .forEach(cell -> cells.add(cell(child, row, cell)));
            }
        }
        return cells;
    }

    private static String style(BookingState state, boolean locked) {
        return switch (state) {
            case NOT_BOOKED -> locked ? "locked" : "free";
            case BOOKED -> "booked";
            case BOOKING_PENDING, ABSENCE_PENDING -> "pending";
            case BOOKING_REFUSED -> "refused";
            case ABSENT -> "absent";
            case WAITLISTED -> "waiting";
            case CLOSED -> "closed";
        };
    }

    private static String icon(BookingState state) {
        return switch (state) {
            case NOT_BOOKED -> "plus";
            case BOOKED -> "check";
            case BOOKING_PENDING, ABSENCE_PENDING -> "hourglass";
            case BOOKING_REFUSED -> "cross";
            case ABSENT -> "absent";
            case WAITLISTED -> "queue";
            case CLOSED -> "minus";
        };
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek().getValue() > 5;
    }
}
