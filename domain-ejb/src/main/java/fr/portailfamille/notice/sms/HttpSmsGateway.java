package fr.portailfamille.notice.sms;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any gateway that takes a message by an HTTP POST. A 2xx means taken; 408, 425, 429 and 5xx mean later; 401 and 402, a
 * bad token or an empty account, stop all of them; another 4xx is final.
 */
final class HttpSmsGateway implements SmsGateway {

    private static final Logger LOG = System.getLogger(HttpSmsGateway.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int LONGEST_REASON = 300;

    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final Set<Integer> NOBODYS_MESSAGE = Set.of(401, 402, 407);

    private final URI address;
    private final SmsTemplate template;
    private final @Nullable Path tokenFile;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param tokenFile read at each message, so that a new token needs no restart; null for a gateway that asks for none */
    HttpSmsGateway(URI address, SmsTemplate template, @Nullable Path tokenFile, Duration patience) {
        this.address = address;
        this.template = template;
        this.tokenFile = tokenFile;
        this.patience = patience;
    }

    /**
     * The one that the environment names; empty where there is none.
     *
     * @throws IllegalArgumentException for settings that make no gateway
     */
    static Optional<HttpSmsGateway> configured(Map<String, String> variables) {
        String url = variables.getOrDefault("PORTAIL_SMS_URL", "").strip();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        URI address = URI.create(url);
        if (address.getHost() == null || !Set.of("http", "https").contains(address.getScheme())) {
            throw new IllegalArgumentException("PORTAIL_SMS_URL must be an absolute http(s) address");
        }
        String format = variables.getOrDefault("PORTAIL_SMS_FORMAT", "json").strip();
        SmsTemplate template = switch (format) {
            case "json" ->
                new SmsTemplate(
                        SmsTemplate.Kind.JSON,
                        variables.getOrDefault("PORTAIL_SMS_TEMPLATE", "{\"to\":\"{to}\",\"text\":\"{text}\"}"));
            case "form" ->
                new SmsTemplate(
                        SmsTemplate.Kind.FORM, variables.getOrDefault("PORTAIL_SMS_TEMPLATE", "to={to}&text={text}"));
            default -> throw new IllegalArgumentException("PORTAIL_SMS_FORMAT must be json or form");
        };
        String token = variables.getOrDefault("PORTAIL_SMS_TOKEN_FILE", "").strip();
        return Optional.of(new HttpSmsGateway(address, template, token.isEmpty() ? null : Path.of(token), ANSWER));
    }

    @Override
    public Handover hand(Sms sms) {
        String token;
        try {
            token = tokenFile == null
                    ? ""
                    : "Bearer " + Files.readString(tokenFile).strip();
        } catch (IOException e) {
            return new Handover.Unusable("The file of the token cannot be read");
        }
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .timeout(patience)
                    .header("Content-Type", template.contentType())
                    .header("Accept", "application/json, text/plain")
                    .header("Idempotency-Key", sms.key().toString())
                    .POST(HttpRequest.BodyPublishers.ofString(template.fill(sms)));
            if (!token.isEmpty()) {
                request.header("Authorization", token);
            }
            return judged(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Handover.Unusable("The gateway does not answer");
        } catch (IOException e) {
            // It may have taken the message: the key tells it.
            LOG.log(Level.DEBUG, "The gateway's answer is missing", e);
            return new Handover.Postponed(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Handover.Unusable("The server stops");
        }
    }

    private static Handover judged(HttpResponse<InputStream> answer) throws IOException {
        int status = answer.statusCode();
        String reason;
        try (InputStream body = answer.body()) {
            reason = reason(status, new String(body.readNBytes(4 * LONGEST_REASON), StandardCharsets.UTF_8));
        }
        if (status / 100 == 2) {
            return new Handover.Taken();
        }
        if (NOBODYS_MESSAGE.contains(status)) {
            return new Handover.Unusable(reason);
        }
        return status >= 500 || LATER.contains(status) ? new Handover.Postponed(reason) : new Handover.Refused(reason);
    }

    private static String reason(int status, String body) {
        String words = "HTTP " + status + " "
                + body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) : words.strip();
    }
}
