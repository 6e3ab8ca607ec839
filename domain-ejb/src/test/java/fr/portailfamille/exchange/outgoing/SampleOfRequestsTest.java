package fr.portailfamille.exchange.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The lot of requests that the documentation shows is one that the portal could have sent. */
class SampleOfRequestsTest {

    private static final Path SAMPLE = Path.of("../docs/lots/out/requests.zip");

    @Test
    void has_the_files_and_columns_that_go_out_as_its_manifest_says() throws Exception {
        try (ZipFile zip = new ZipFile(SAMPLE.toFile())) {
            JsonObject manifest = manifest(zip);
            assertThat(manifest.getString("flow")).isEqualTo("requests");
            assertThat(Cursor.of(manifest.getString("nextCursor"))).isPresent();
            List<JsonObject> listed = manifest.getJsonArray("files").getValuesAs(JsonObject.class);
            assertThat(listed)
                    .extracting(file -> file.getString("name"))
                    .as("one of each, to read")
                    .isEqualTo(Arrays.stream(OutgoingFile.values())
                            .map(OutgoingFile::fileName)
                            .toList());
            for (OutgoingFile file : OutgoingFile.values()) {
                JsonObject said = listed.get(file.ordinal());
                byte[] content = content(zip, file.fileName());
                List<String> lines =
                        new String(content, StandardCharsets.UTF_8).lines().toList();
                assertThat(lines.get(0)).isEqualTo(String.join(",", file.columns()));
                assertThat(said.getInt("rows")).isEqualTo(lines.size() - 1);
                assertThat(said.getString("sha256")).isEqualTo(sha256(content));
                assertThat(lines.stream().skip(1))
                        .as("request_ref")
                        .allMatch(line -> line.matches("2026-[0-9A-HJKMNP-TV-Z]{10},.*"));
            }
        }
    }

    @Test
    void has_the_document_that_was_handed_in() throws Exception {
        try (ZipFile zip = new ZipFile(SAMPLE.toFile())) {
            String upload = new String(content(zip, "uploads.csv"), StandardCharsets.UTF_8)
                    .lines()
                    .toList()
                    .get(1);
            ZipEntry document = zip.stream()
                    .filter(entry -> entry.getName().startsWith("documents/"))
                    .findFirst()
                    .orElseThrow();
            assertThat(upload).contains(document.getName(), sha256(content(zip, document.getName())));
        }
    }

    private static JsonObject manifest(ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry("manifest.json"));
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
