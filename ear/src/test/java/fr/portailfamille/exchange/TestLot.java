package fr.portailfamille.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A lot as a business application packs it, or as one that goes wrong does. */
public final class TestLot {
    private final String town;
    private final String flow;
    private final String mode;
    private final long sequence;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, byte[]> unlisted = new LinkedHashMap<>();
    private UUID id = UUID.randomUUID();
    private UnaryOperator<String> manifest = UnaryOperator.identity();

    private TestLot(String town, String flow, String mode, long sequence) {
        this.town = town;
        this.flow = flow;
        this.mode = mode;
        this.sequence = sequence;
    }

    public static TestLot full(String town, String flow, long sequence) {
        return new TestLot(town, flow, "full", sequence);
    }

    public static TestLot delta(String town, String flow, long sequence) {
        return new TestLot(town, flow, "delta", sequence);
    }

    /** Lines of a file, the header first. */
    public TestLot file(String name, String... lines) {
        return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public TestLot file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** In the ZIP but not in the manifest. */
    public TestLot unlisted(String name) {
        unlisted.put(name, new byte[] {'x'});
        return this;
    }

    /** A document beside the files. */
    public TestLot document(String name, byte[] content) {
        unlisted.put("documents/" + name, content);
        return this;
    }

    public TestLot id(UUID chosen) {
        id = chosen;
        return this;
    }

    /** Changes the text of the manifest on its way into the ZIP. */
    public TestLot manifest(UnaryOperator<String> change) {
        manifest = change;
        return this;
    }

    public UUID id() {
        return id;
    }

    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "manifest.json", manifest.apply(manifestText()).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            for (Map.Entry<String, byte[]> file : unlisted.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private String manifestText() {
        String listed = files.entrySet().stream()
                .map(file -> "{\"name\": \"%s\", \"rows\": %d, \"sha256\": \"%s\"}"
                        .formatted(file.getKey(), rows(file.getValue()), sha256(file.getValue())))
                .collect(Collectors.joining(", "));
        return """
                {"format": "enfance-exchange/1", "lotId": "%s", "town": "%s", "flow": "%s", "mode": "%s",
                 "sequence": %d, "universe": "Enfance", "producer": "tests", "producedAt": "2026-09-01T06:00:00+02:00",
                 "files": [%s]}""".formatted(id, town, flow, mode, sequence, listed);
    }

    private static long rows(byte[] content) {
        long lines = 0;
        for (byte b : content) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines - 1;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
