package fr.portailfamille.launcher.lot;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs files into a lot: counts and hashes them into the manifest. The same content gives the same bytes. */
public final class LotWriter {

    private static final LocalDateTime ZIP_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Map<String, Content> files = new LinkedHashMap<>();
    private final Map<String, byte[]> documents = new LinkedHashMap<>();

    private record Content(byte[] bytes, int rows) {}

    /** A file with so many data rows, the header not counted. */
    public LotWriter file(String name, String text, int rows) {
        files.put(name, new Content(text.getBytes(StandardCharsets.UTF_8), rows));
        return this;
    }

    /** A document beside the files, which the manifest does not list. */
    public LotWriter document(String name, byte[] content) {
        documents.put("documents/" + name, content);
        return this;
    }

    /** Data rows of all files. */
    public int rows() {
        return files.values().stream().mapToInt(Content::rows).sum();
    }

    /** @param manifest everything but {@code files} */
    public void write(JsonObject manifest, Path zip) throws IOException {
        JsonArrayBuilder listed = Json.createArrayBuilder();
        files.forEach((name, content) -> listed.add(Json.createObjectBuilder()
                .add("name", name)
                .add("rows", content.rows())
                .add("sha256", sha256(content.bytes()))));
        String text =
                Json.createObjectBuilder(manifest).add("files", listed).build().toString();
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            put(packed, "manifest.json", text.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, Content> file : files.entrySet()) {
                put(packed, file.getKey(), file.getValue().bytes());
            }
            for (Map.Entry<String, byte[]> document : documents.entrySet()) {
                put(packed, document.getKey(), document.getValue());
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ZIP_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
