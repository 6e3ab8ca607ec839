package fr.portailfamille.notice.letter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
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

    public Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("child", child);
        model.put("day", day);
        model.put("time", time);
        model.put("action", action);
        model.put("activity", activity);
        model.put("state", state);
        if (reason != null) {
            model.put("reason", reason);
        }
        if (rank != null) {
            model.put("rank", rank);
        }
        return model;
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
        return "json_build_object('child', %s, 'day', %s, 'time', %s, 'action', %s, 'activity', %s, 'state', %s, 'reason', %s, 'rank', %s)"
                .formatted(child, day, time, action, activity, state, reason, rank);
    }

    /** Back from a model that was kept as JSON. */
    static MailLine from(Map<?, ?> model) {
        return new MailLine(
                text(model, "child"),
                LocalDate.parse(text(model, "day")),
                LocalTime.parse(text(model, "time")),
                Action.valueOf(text(model, "action")),
                text(model, "activity"),
                State.of(text(model, "state")),
                model.get("reason") instanceof String reason ? reason : null,
                model.get("rank") instanceof Number rank ? rank.intValue() : null);
    }

    private static String text(Map<?, ?> model, String key) {
        if (model.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("A line of an e-mail lacks " + key);
    }
}
