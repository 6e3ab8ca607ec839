package fr.portailfamille.notice;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an acknowledgement of receipt has to say by law (code des relations entre le public et l'administration, L. 112-3,
 * R. 112-5 and R. 112-11-1), beside the date and the reference of the request.
 *
 * @param service in charge of the request; null leaves it to the sender's name
 * @param serviceEmail where it can be written to
 * @param replyMonths after how many months silence is an answer
 * @param recourse where a refusal can be contested; null for the general sentence
 */
public record LegalMentions(
        @Nullable String service,
        @Nullable String serviceEmail,
        int replyMonths,
        Silence silence,
        @Nullable String recourse)
        implements Serializable {

    public static final int LONGEST_SERVICE = 200;
    public static final int LONGEST_RECOURSE = 1000;

    /** What silence means. */
    public enum Silence {
        ACCEPTED,
        REFUSED
    }

    /** Of a town that has set nothing: the law's own rule. */
    public static final LegalMentions USUAL = new LegalMentions(null, null, 2, Silence.ACCEPTED, null);

    /** As it stood on the day of the request: later settings do not change what a family was told. */
    Map<String, Object> model(LocalDate received) {
        Map<String, Object> model = new LinkedHashMap<>();
        put(model, "service", service);
        put(model, "email", serviceEmail);
        model.put("replyBy", received.plusMonths(replyMonths));
        model.put("silence", silence);
        put(model, "recourse", recourse);
        return model;
    }

    private static void put(Map<String, Object> model, String key, @Nullable String value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
