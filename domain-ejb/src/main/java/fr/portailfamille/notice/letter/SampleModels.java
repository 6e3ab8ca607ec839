package fr.portailfamille.notice.letter;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the e-mails about requests are filled with where an agent looks at them: nobody's name, and the next days. */
public final class SampleModels {

    private SampleModels() {}

    public static Map<String, Object> of(MailTemplate template, ZonedDateTime now) {
        Wording words = Wording.french();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("civility", "MME");
        model.put("firstName", words.say("sample.first-name"));
        model.put("lastName", words.say("sample.last-name"));
        model.put("reference", now.getYear() + "-0000000000");
        model.put("submittedAt", now.toInstant());
        switch (template) {
            case ACKNOWLEDGEMENT ->
                model.put("lines", lines(now.toLocalDate(), MailLine.State.PENDING, MailLine.State.PENDING));
            case DIGEST ->
                model.put("lines", lines(now.toLocalDate(), MailLine.State.ACCEPTED, MailLine.State.REFUSED));
            case RECEIPT -> model.put("type", "ADDRESS_CHANGE");
            case OUTCOME -> {
                model.put("type", "ADDRESS_CHANGE");
                model.put("outcome", "ACCEPTED");
                model.put("answer", "");
                model.put("decidedAt", now.toInstant());
            }
            default -> throw new IllegalArgumentException(template + " has no text of the town");
        }
        return model;
    }

    private static List<List<@Nullable Object>> lines(LocalDate today, MailLine.State first, MailLine.State second) {
        Wording words = Wording.french();
        return List.of(
                line(words, today.plusDays(7), first, null),
                line(
                        words,
                        today.plusDays(8),
                        second,
                        second == MailLine.State.REFUSED ? words.say("sample.reason") : null));
    }

    private static List<@Nullable Object> line(
            Wording words, LocalDate day, MailLine.State state, @Nullable String reason) {
        return new MailLine(
                        words.say("sample.child"),
                        day,
                        LocalTime.of(16, 30),
                        MailLine.Action.BOOK,
                        words.say("sample.activity"),
                        state,
                        reason,
                        null)
                .model();
    }
}
