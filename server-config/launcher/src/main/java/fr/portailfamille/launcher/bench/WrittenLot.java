package fr.portailfamille.launcher.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a lot of rows that need not fit into memory. */
final class WrittenLot {

    private final Path folder;
    private final String town;
    private final String flow;
    private final String mode;
    private final long sequence;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final JsonArrayBuilder listed = Json.createArrayBuilder();

    WrittenLot(Path folder, String town, String flow, String mode, long sequence) {
        this.folder = folder;
        this.town = town;
        this.flow = flow;
        this.mode = mode;
        this.sequence = sequence;
    }

    WrittenLot file(String name, String header, Stream<String> rows) throws IOException {
        MessageDigest sha256 = sha256();
        Path file = Files.createTempFile(folder, name, "");
        long[] count = {0};
        try (OutputStream out = Files.newOutputStream(file);
                Writer writer = new BufferedWriter(
                        new java.io.OutputStreamWriter(new DigestOutputStream(out, sha256), StandardCharsets.UTF_8),
                        1 << 16)) {
            writer.write(header + "\n");
            for (String row : (Iterable<String>) rows::iterator) {
                writer.write(row);
                writer.write('\n');
                count[0]++;
            }
        }
        files.put(name, file);
        listed.add(Json.createObjectBuilder()
                .add("name", name)
                .add("rows", count[0])
                .add("sha256", HexFormat.of().formatHex(sha256.digest())));
        return this;
    }

    Path write() throws IOException {
        UUID id = UUID.randomUUID();
        Path lot = folder.resolve(flow + "-" + sequence + "-" + id + ".zip");
        try (OutputStream out = Files.newOutputStream(lot);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(Json.createObjectBuilder()
                    .add("format", "enfance-exchange/1")
                    .add("lotId", id.toString())
                    .add("town", town)
                    .add("flow", flow)
                    .add("mode", mode)
                    .add("sequence", sequence)
                    .add("universe", "Enfance")
                    .add("producer", "portail bench")
                    .add("producedAt", "2026-09-01T06:00:00+02:00")
                    .add("files", listed)
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            for (Map.Entry<String, Path> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
                Files.delete(file.getValue());
            }
        }
        return lot;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
