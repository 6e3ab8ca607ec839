package fr.portailfamille.notice.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.portailfamille.notice.sms.Handover.Postponed;
import fr.portailfamille.notice.sms.Handover.Refused;
import fr.portailfamille.notice.sms.Handover.Taken;
import fr.portailfamille.notice.sms.Handover.Unusable;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
@Timeout(30)
class HttpSmsGatewayTest {

    private static final SmsGateway.Sms SMS = new SmsGateway.Sms(
            UUID.fromString("2f0c6f0e-4c2b-4e4e-9d53-000000000001"),
            "+33612345678",
            "Ville d'Êle \"42\" & {to} \\ : voilà");

    @TempDir
    private Path folder;

    private HttpServer server;
    private final List<String> bodies = new ArrayList<>();
    private final List<Map<String, List<String>>> headers = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private int status = 200;
    private String words = "{\"id\":1}";
    private boolean silent;

    @BeforeEach
    void starts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/sms", this::answer);
        server.start();
    }

    @AfterEach
    void stops() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        headers.add(Map.copyOf(exchange.getRequestHeaders()));
        if (silent) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        exchange.sendResponseHeaders(status, 0);
        try (exchange) {
            exchange.getResponseBody().write(words.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/sms";
    }

    private Handover hand(Map<String, String> more) {
        Map<String, String> variables = new java.util.HashMap<>(more);
        variables.put("PORTAIL_SMS_URL", url());
        return HttpSmsGateway.configured(variables).orElseThrow().hand(SMS);
    }

    @Test
    void says_it_in_json_with_its_key_and_its_token() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        assertThat(
                        hand(
                                Map.of(
                                        "PORTAIL_SMS_TOKEN_FILE",
                                        token.toString(),
                                        "PORTAIL_SMS_TEMPLATE",
                                        "{\"messages\":[{\"to\":\"{to}\",\"text\":\"{text}\",\"ref\":\"{key}\",\"from\":\"Mairie\"}]}")))
                .isEqualTo(new Taken());
        JsonObject message = Json.createReader(new StringReader(bodies.get(0)))
                .readObject()
                .getJsonArray("messages")
                .getJsonObject(0);
        assertThat(message.getString("to")).isEqualTo(SMS.to());
        assertThat(message.getString("text")).isEqualTo(SMS.words());
        assertThat(message.getString("ref")).isEqualTo(SMS.key().toString());
        assertThat(headers.get(0))
                .containsEntry("Authorization", List.of("Bearer s3cret"))
                .containsEntry("Idempotency-key", List.of(SMS.key().toString()))
                .containsEntry("Content-type", List.of("application/json; charset=utf-8"));
    }

    @Test
    void says_it_as_a_form() {
        assertThat(hand(Map.of("PORTAIL_SMS_FORMAT", "form"))).isEqualTo(new Taken());
        assertThat(bodies)
                .containsExactly("to=%2B33612345678&text=Ville+d%27%C3%8Ale+%2242%22+%26+%7Bto%7D+%5C+%3A+voil%C3%A0");
        assertThat(headers.get(0))
                .containsEntry("Content-type", List.of("application/x-www-form-urlencoded"))
                .doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410, 422, 301})
    void a_refusal_is_final_and_in_the_gateway_s_words(int code) {
        status = code;
        words = "{\"error\":\r\n \"number blocked\"}" + "x".repeat(100_000);
        assertThat(hand(Map.of()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("HTTP " + code + " {\"error\": \"number blocked\"}")
                                .hasSizeLessThanOrEqualTo(300));
        assertThat(bodies).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void a_gateway_that_is_busy_or_broken_is_asked_again(int code) {
        status = code;
        assertThat(hand(Map.of())).isEqualTo(new Postponed("HTTP " + code + " {\"id\":1}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402})
    void a_token_or_an_account_that_is_not_good_says_nothing_about_the_message(int code) {
        status = code;
        assertThat(hand(Map.of())).isInstanceOf(Unusable.class);
    }

    @Test
    void one_that_says_nothing_may_have_taken_it() {
        silent = true;
        SmsGateway gateway = new HttpSmsGateway(
                URI.create(url()), new SmsTemplate(SmsTemplate.Kind.FORM, "{to}"), null, Duration.ofMillis(300));
        assertThat(gateway.hand(SMS)).isEqualTo(new Postponed("HttpTimeoutException"));
    }

    @Test
    void one_that_is_not_there_cannot_be_used() {
        server.stop(0);
        assertThat(hand(Map.of())).isInstanceOf(Unusable.class);
    }

    @Test
    void a_token_that_cannot_be_read_holds_the_message_back() {
        assertThat(hand(Map.of("PORTAIL_SMS_TOKEN_FILE", folder.resolve("none").toString())))
                .isInstanceOf(Unusable.class);
        assertThat(bodies).isEmpty();
    }

    @Test
    void none_is_installed_by_default_and_nonsense_is_refused() {
        assertThat(HttpSmsGateway.configured(Map.of())).isEmpty();
        assertThat(HttpSmsGateway.configured(Map.of("PORTAIL_SMS_URL", " "))).isEmpty();
        for (Map<String, String> wrong : List.of(
                Map.of("PORTAIL_SMS_URL", "sms.example"),
                Map.of("PORTAIL_SMS_URL", "file:///etc/passwd"),
                Map.of("PORTAIL_SMS_URL", "https://sms.example", "PORTAIL_SMS_FORMAT", "xml"))) {
            assertThatThrownBy(() -> HttpSmsGateway.configured(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
