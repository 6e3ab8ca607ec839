package fr.portailfamille.notice.letter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of the tables in e-mails: one child, activity and day. */
public record MailLine(
        String child,
        LocalDate day,
        LocalTime time,
        Action action,
        String activity,
        State state,
        @Nullable String reason,
        @Nullable Integer rank) {

    private static final List<String> NAMES =
            List.of("child", "day", "time", "action", "activity", "state", "reason", "rank");

    /** What is asked, named as in {@code request_line.action}; or what the town did by itself. */
    public enum Action {
        BOOK,
        CANCEL,
        CHANGE
    }

    /** Where it stands, as families read it. */
    public enum State {
        PENDING,
        ACCEPTED,
        REFUSED,
        WAITLISTED,
        BOOKED,
        ABSENT,
        NOT_BOOKED;

        static State of(String stored) {
            return switch (stored) {
                case "BOOKED" -> BOOKED;
                case "ABSENT" -> ABSENT;
                case "NOT_BOOKED" -> NOT_BOOKED;
                case "ACCEPTED" -> ACCEPTED;
                case "REFUSED" -> REFUSED;
                case "WAITLISTED" -> WAITLISTED;
                default -> PENDING;
            };
        }
    }

    public static MailLine of(ResultSet row, String state) throws SQLException {
        return new MailLine(
                row.getString("child"),
                row.getObject("day", LocalDate.class),
                row.getObject("start_time", LocalTime.class),
                Action.valueOf(row.getString("action")),
                row.getString("activity"),
                State.of(state),
                row.getString("reason"),
                row.getObject("waiting_rank", Integer.class));
    }

    /** Its components, in their order: thousands of lines are kept a day, and the names of components with none. */
    public List<@Nullable Object> model() {
        return Arrays.asList(child, day, time, action, activity, state, reason, rank);
    }

    /**
     * The model as the database writes it, from expressions; a stored state may stand for the state. For thousands of
     * families at once: what is told in a digest need not be taken apart on its way into the outbox.
     */
    public static String json(
            String child,
            String day,
            String time,
            String action,
            String activity,
            String state,
            String reason,
            String rank) {
        return "json_build_array(" + String.join(", ", List.of(child, day, time, action, activity, state, reason, rank))
                + ")";
    }

    /** Back from a model that was kept as JSON; as a map of named components, it was kept by an earlier version. */
    static MailLine from(Object model) {
        if (model instanceof Map<?, ?> named) {
            return from(Arrays.asList(NAMES.stream().map(named::get).toArray()));
        }
        if (!(model instanceof List<?> line) || line.size() != NAMES.size()) {
            throw new IllegalArgumentException("Not a line of an e-mail");
        }
        return new MailLine(
                text(line, 0),
                LocalDate.parse(text(line, 1)),
                LocalTime.parse(text(line, 2)),
                Action.valueOf(text(line, 3)),
                text(line, 4),
                State.of(text(line, 5)),
                line.get(6) instanceof String reason ? reason : null,
                line.get(7) instanceof Number rank ? rank.intValue() : null);
    }

    private static String text(List<?> line, int component) {
        if (line.get(component) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("A line of an e-mail lacks " + NAMES.get(component));
    }
}
