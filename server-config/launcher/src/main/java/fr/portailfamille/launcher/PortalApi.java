package fr.portailfamille.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.stream.JsonParsingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the launcher asks of a running portal over HTTP, as operator or with a town's exchange key. */
public final class PortalApi {
    private final String base;
    private final StateFolder state;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    PortalApi(String base, StateFolder state) {
        this.base = base;
        this.state = state;
    }

    /** Status, body and where to look next. */
    public record Answer(int status, String body, Optional<String> location) {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The body as an object; an empty one where the body is something else. */
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            } catch (JsonParsingException e) {
                return JsonObject.EMPTY_JSON_OBJECT;
            }
        }

        /** What went wrong, in a line. */
        String reason() {
            JsonObject problem = json();
            String code = problem.getString("code", "");
            String detail = problem.getString("detail", problem.getString("title", ""));
            String text = (code + " " + detail).strip();
            return "HTTP " + status + (text.isEmpty() ? "" : ": " + text);
        }
    }

    /**
     * A lot of requests as it was handed out.
     *
     * @param status 204 where nothing waits; the lot is empty then
     * @param cursor to acknowledge it with
     */
    public record HandedOut(int status, byte[] lot, String cursor) {}

    /** Opens a town; its first administrator is sent an activation mail. */
    public Answer openTown(String code, String name, String adminEmail) {
        JsonObject town = Json.createObjectBuilder()
                .add("code", code)
                .add("name", name)
                .add("adminEmail", adminEmail)
                .build();
        return operator("towns", town);
    }

    /** Makes an exchange key of a town; the answer's {@code key} is shown this once. */
    public Answer newKey(String town, String name) {
        return operator(
                "towns/" + town + "/keys",
                Json.createObjectBuilder().add("name", name).build());
    }

    /** Gives the town's bookings a partition of their own; a large town's take some seconds. */
    public Answer partition(String town) {
        return operator("towns/" + town + "/partition", JsonObject.EMPTY_JSON_OBJECT);
    }

    /** Sends the digest of what was decided up to now, without waiting for the hour. */
    public Answer digest(String town) {
        return operator("towns/" + town + "/digest", JsonObject.EMPTY_JSON_OBJECT);
    }

    /** The town's key that this machine keeps; made when there is none. */
    public String keyOf(String town) {
        Path file = state.privateFolder("keys").resolve(town);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
        } catch (IOException e) {
            throw new Problem("The key of " + town + " could not be read: " + e.getMessage(), e);
        }
        Answer answer = newKey(town, "portail import");
        if (!answer.ok()) {
            throw new Problem("No exchange key for " + town + ": " + answer.reason());
        }
        String key = answer.json().getString("key");
        StateFolder.writePrivate(file, key);
        return key;
    }

    /** Sends a lot with the town's kept key; a key that was revoked meanwhile is replaced once. */
    public Answer sendLot(String town, Path lot, boolean dryRun) {
        Answer answer = sendOnce(town, lot, dryRun);
        if (answer.status() == 401) {
            forgetKey(town);
            answer = sendOnce(town, lot, dryRun);
        }
        return answer;
    }

    private Answer sendOnce(String town, Path lot, boolean dryRun) {
        try {
            return send(HttpRequest.newBuilder(
                            URI.create(base + "/exchange/v1/" + town + "/lots" + (dryRun ? "?dryRun=1" : "")))
                    .header("Authorization", "Bearer " + keyOf(town))
                    .header("Content-Type", "application/zip")
                    .timeout(Duration.ofMinutes(30))
                    .POST(BodyPublishers.ofFile(lot))
                    .build());
        } catch (FileNotFoundException e) {
            throw new Problem("There is no file " + lot, e);
        }
    }

    private void forgetKey(String town) {
        try {
            Files.deleteIfExists(state.privateFolder("keys").resolve(town));
        } catch (IOException e) {
            throw new Problem("The key of " + town + " could not be replaced: " + e.getMessage(), e);
        }
    }

    /** What lies under a path of the exchange, asked with the town's key. */
    public Answer get(String town, String location) {
        URI address = URI.create(base + "/").resolve(location);
        return send(HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + keyOf(town))
                .timeout(Duration.ofMinutes(2))
                .GET()
                .build());
    }

    /** The next lot behind what was acknowledged, of so many requests at most. */
    public HandedOut requests(String town, int limit) {
        HttpResponse<byte[]> response = send(
                HttpRequest.newBuilder(URI.create(base + "/exchange/v1/" + town + "/requests?limit=" + limit))
                        .header("Authorization", "Bearer " + keyOf(town))
                        .timeout(Duration.ofMinutes(2))
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return new HandedOut(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Next-Cursor").orElse(""));
    }

    /** Says that everything up to the cursor was taken in. */
    public Answer acknowledge(String town, String cursor) {
        return send(HttpRequest.newBuilder(URI.create(base + "/exchange/v1/" + town + "/requests/ack"))
                .header("Authorization", "Bearer " + keyOf(town))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofString(
                        Json.createObjectBuilder().add("cursor", cursor).build().toString()))
                .build());
    }

    private Answer operator(String path, JsonObject body) {
        BodyPublisher content = BodyPublishers.ofString(body.toString());
        return send(HttpRequest.newBuilder(URI.create(base + "/exchange/operator/" + path))
                .header("Authorization", "Bearer " + state.secret("operator"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(5))
                .POST(content)
                .build());
    }

    private Answer send(HttpRequest request) {
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Location").map(PortalApi::path));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new Problem(
                    "The portal does not answer at " + base + " (" + e + "). Is it running? ./portail run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted", e);
        }
    }

    /** A Location may name the public host, which this machine need not reach. */
    private static String path(String location) {
        return URI.create(location).getRawPath();
    }
}
