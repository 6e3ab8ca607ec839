package fr.portailfamille.request;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request with its lines, what the business application wrote about it, and its history, oldest first. */
public record RequestDetail(RequestRow head, List<Line> lines, List<Message> messages, List<Entry> history) {

    public RequestDetail {
        lines = List.copyOf(lines);
        messages = List.copyOf(messages);
        history = List.copyOf(history);
    }

    /**
     * One child, activity and day.
     *
     * @param absence the label of the reason the family gave
     * @param decidedAt when the business application decided, as it says
     */
    public record Line(
            int number,
            LineAction action,
            String child,
            String facility,
            String activity,
            LocalDate day,
            LocalTime from,
            LocalTime to,
            LineState state,
            Optional<String> absence,
            Optional<String> reason,
            Optional<Integer> rank,
            Optional<Instant> decidedAt) {}

    /** Plain text, with the line breaks it came with. */
    public record Message(Instant at, String text) {}

    /** What happened; {@code line} is null where it concerns all of it. */
    public record Entry(
            Instant at, EventKind kind, @Nullable Integer line, Optional<String> detail) {}
}
