package fr.portailfamille.exchange;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.chaos.LiveTables;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A town of its own for each test, with a key of its business application. */
final class Vendor {
    private static final Set<String> ENDED =
            Set.of("APPLIED", "WAITING", "REFUSED", "GUARD", "FAILED", "CANCELLED", "SUPERSEDED");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    // Arquillian has deployed the archive with the tests in it; deploying it once more would take them away.
    private final Instance instance = Instance.in(Path.of(System.getProperty("portail.instance")))
            .portsOfLastStart()
            .build();
    private final String town;
    private final String key;

    private Vendor(String town) {
        this.town = town;
        instance.api().openTown(town, "Ville d'essai", "administration@ville.example");
        key = instance.api().newKey(town, "essai").json().getString("key");
    }

    static Vendor ofNewTown() {
        return new Vendor("lot-" + UUID.randomUUID());
    }

    /** A town whose code the lots prescribe; opened once per test run. */
    static Vendor of(String town) {
        return new Vendor(town);
    }

    record Answer(int status, String type, String body, String challenge, String retryAfter) {
        JsonObject json() {
            return Json.createReader(new StringReader(body)).readObject();
        }

        String code() {
            return json().getString("code");
        }
    }

    String town() {
        return town;
    }

    String key() {
        return key;
    }

    /** A lot on its way in, of which the test decides how far it comes. */
    RawPost post(String... headers) throws IOException {
        return new RawPost(URI.create(instance.baseUrl()), "/exchange/v1/" + town + "/lots", key, headers);
    }

    /** As the operator does it. */
    PortalApi.Answer partition() {
        return instance.api().partition(town);
    }

    Answer send(TestLot lot) {
        return send(lot.zip());
    }

    Answer send(byte[] body) {
        return call("/exchange/v1/" + town + "/lots", key, body);
    }

    /** @param query with its question mark */
    Answer send(TestLot lot, String query) {
        return call("/exchange/v1/" + town + "/lots" + query, key, lot.zip());
    }

    Answer get(String path) {
        return call("/exchange/v1/" + town + path, key, null);
    }

    /** Sends and follows to the end. */
    JsonObject apply(TestLot lot) {
        Answer answer = send(lot);
        if (answer.status() != 202) {
            throw new AssertionError("Not taken: " + answer);
        }
        return follow(lot.id());
    }

    /** Sends as a simulation and follows that to its end. */
    JsonObject simulate(TestLot lot) {
        Answer answer = send(lot, "?dryRun=1");
        if (answer.status() != 202) {
            throw new AssertionError("Not simulated: " + answer);
        }
        return follow("/lots/" + lot.id() + "/dry-run");
    }

    JsonObject follow(UUID lot) {
        return follow("/lots/" + lot);
    }

    /** Follows the lot until it is in that state. */
    JsonObject await(UUID lot, String state) {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        JsonObject now = follow(lot);
        while (!now.getString("state").equals(state)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + state + ": " + now);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            now = follow(lot);
        }
        return now;
    }

    private JsonObject follow(String lot) {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < end) {
            JsonObject state = get(lot).json();
            if (ENDED.contains(state.getString("state"))) {
                return state;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError(lot + " did not end: " + get(lot));
    }

    /** Without a key where it is null; a GET where there is no body. */
    Answer call(String path, String bearer, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(instance.baseUrl() + path)).timeout(Duration.ofMinutes(2));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (body != null) {
            boolean json = body.length > 0 && body[0] == '{';
            request.header("Content-Type", json ? "application/json" : "application/zip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body(),
                    answer.headers().firstValue("WWW-Authenticate").orElse(""),
                    answer.headers().firstValue("Retry-After").orElse(""));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Rows of the town, read beside the application; an empty text where a column has no value. */
    List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = instance.connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(ofTown(query))) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(Objects.requireNonNullElse(result.getString(i), ""));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private String ofTown(String query) {
        return query.replace(":town", "(select id from app.town where code = '" + town + "')");
    }

    /** What imports have put into the town's tables. */
    Map<String, String> tables() throws SQLException {
        try (Connection connection = instance.connectAsOwner()) {
            return LiveTables.of(connection, town);
        }
    }

    /** Behind the wall. */
    Connection asApplication() throws SQLException {
        return instance.connectAsApplication();
    }

    Connection asOwner() throws SQLException {
        return instance.connectAsOwner();
    }

    /** Any method, and the answer with its headers. */
    HttpResponse<String> ask(String method, String path, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.baseUrl() + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Writes beside the application; {@code :town} stands for the town's id. */
    void update(String sql) throws SQLException {
        try (Connection connection = instance.connectAsOwner();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql.replace(":town", "(select id from app.town where code = '" + town + "')"));
        }
    }

    /** One value from the town's rows, read beside the application; {@code :town} stands for its id. */
    String value(String query) throws SQLException {
        try (Connection connection = instance.connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(ofTown(query))) {
            return result.next() ? result.getString(1) : null;
        }
    }

    /** Sends the town's digest now. */
    JsonObject digest() {
        return instance.api().digest(town).json();
    }

    /** Writes beside the application, as the owner of the tables; {@code :town} stands for the town's id. */
    void write(String statement, List<Object> values) throws SQLException {
        String named = statement.replace(":town", "(select id from app.town where code = '" + town + "')");
        try (Connection connection = instance.connectAsOwner();
                PreparedStatement update = connection.prepareStatement(named)) {
            connection.setSchema("app");
            for (int i = 0; i < values.size(); i++) {
                update.setObject(i + 1, values.get(i));
            }
            update.executeUpdate();
        }
    }
}
