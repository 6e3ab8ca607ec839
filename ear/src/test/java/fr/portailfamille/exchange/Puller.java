package fr.portailfamille.exchange;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The business application over HTTP: fetches requests, sends lots. Reads lots as a stream: the manifest must come first. */
public final class Puller {

    private static final Set<String> UNDER_WAY = Set.of("RECEIVED", "WAITING", "RUNNING");

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String base;
    private final String requests;
    private final String lots;
    private final String key;

    public Puller(String base, String town, String key) {
        this.base = base;
        this.requests = base + "/exchange/v1/" + town + "/requests";
        this.lots = base + "/exchange/v1/" + town + "/lots";
        this.key = key;
    }

    /** The same key at another town's door. */
    public Puller at(String town) {
        return new Puller(base, town, key);
    }

    public record Answer(int status, String nextCursor, byte[] body) {
        public String code() {
            return json().getString("code");
        }

        public JsonObject json() {
            return Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))
                    .readObject();
        }

        public Lot lot() {
            if (status != 200) {
                throw new AssertionError("No lot: " + status + " " + new String(body, StandardCharsets.UTF_8));
            }
            return Lot.of(body);
        }
    }

    /** What is in the ZIP; the manifest's own word is {@code manifest}. */
    public record Lot(JsonObject manifest, Map<String, byte[]> files) {

        public static Lot of(byte[] zip) {
            Map<String, byte[]> files = new LinkedHashMap<>();
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String first = files.keySet().iterator().next();
            if (!first.equals("manifest.json")) {
                throw new AssertionError("The manifest must stand first, not " + first);
            }
            JsonObject manifest = Json.createReader(
                            new StringReader(new String(files.remove(first), StandardCharsets.UTF_8)))
                    .readObject();
            return new Lot(manifest, files);
        }

        /** The rows of a file by column, in their order; none where the file is not there. */
        public List<Map<String, String>> rows(String file) {
            byte[] bytes = files.get(file);
            return bytes == null
                    ? List.of()
                    : CsvReader.builder().ofNamedCsvRecord(new String(bytes, StandardCharsets.UTF_8)).stream()
                            .map(NamedCsvRecord::getFieldsAsMap)
                            .toList();
        }

        public List<String> column(String file, String name) {
            return rows(file).stream().map(row -> row.get(name)).toList();
        }
    }

    public Answer pull(String query) {
        return send(HttpRequest.newBuilder(URI.create(requests + query)).GET());
    }

    public Answer pullAfter(String cursor, int limit) {
        return pull("?after=" + cursor + "&limit=" + limit);
    }

    public Answer acknowledge(String cursor) {
        return acknowledgeWith(
                Json.createObjectBuilder().add("cursor", cursor).build().toString());
    }

    public Answer acknowledgeWith(String body) {
        return send(HttpRequest.newBuilder(URI.create(requests + "/ack"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer sendLot(TestLot lot) {
        return send(HttpRequest.newBuilder(URI.create(lots)).POST(HttpRequest.BodyPublishers.ofByteArray(lot.zip())));
    }

    /** Sends a lot and follows it to its end. */
    public JsonObject apply(TestLot lot) {
        Answer sent = sendLot(lot);
        if (sent.status() != 202) {
            throw new AssertionError("Not taken: " + sent.status() + " " + sent.json());
        }
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < end) {
            JsonObject state = get("/" + lot.id()).json();
            if (!UNDER_WAY.contains(state.getString("state"))) {
                return state;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("Lot " + lot.id() + " did not end");
    }

    /** Of a lot: its state, or what is below it. */
    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(lots + path)).GET());
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(
                    request.timeout(Duration.ofMinutes(2))
                            .header("Authorization", "Bearer " + key)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Next-Cursor").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
