package fr.portailfamille.notice.sms;

import jakarta.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway is told: a text with {@code {to}}, {@code {text}} and {@code {key}} in it. What stands for them is data,
 * escaped as the kind of text asks for.
 */
record SmsTemplate(Kind kind, String text) {

    /** How the body is written. */
    enum Kind {
        /** Blanks stand inside strings. */
        JSON("application/json; charset=utf-8", SmsTemplate::inJson),
        FORM("application/x-www-form-urlencoded", value -> URLEncoder.encode(value, StandardCharsets.UTF_8));

        private final String contentType;
        private final UnaryOperator<String> escape;

        Kind(String contentType, UnaryOperator<String> escape) {
            this.contentType = contentType;
            this.escape = escape;
        }
    }

    private static final Pattern BLANK = Pattern.compile("\\{(to|text|key)}");

    String contentType() {
        return kind.contentType;
    }

    String fill(SmsGateway.Sms sms) {
        Map<String, String> values =
                Map.of("to", sms.to(), "text", sms.words(), "key", sms.key().toString());
        // In one go: what was filled in is not looked at again.
        return BLANK.matcher(text)
                .replaceAll(
                        blank -> Matcher.quoteReplacement(kind.escape.apply(values.getOrDefault(blank.group(1), ""))));
    }

    private static String inJson(String value) {
        String quoted = Json.createValue(value).toString();
        return quoted.substring(1, quoted.length() - 1);
    }
}
