package fr.portailfamille.launcher.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The content of a lot under a new id and another sequence, as a business application sends it the next night. */
public final class RenewedLot {

    private static final String MANIFEST = "manifest.json";

    private RenewedLot() {}

    /** Whose lot it is. */
    static String town(Path lot) throws IOException {
        try (ZipFile zip = new ZipFile(lot.toFile())) {
            return manifest(zip.getInputStream(zip.getEntry(MANIFEST))).getString("town");
        }
    }

    public static Path of(Path lot, Path folder, long sequence) throws IOException {
        return of(lot, folder, town(lot), sequence);
    }

    static Path of(Path lot, Path folder, String town, long sequence) throws IOException {
        Path renewed = folder.resolve(town + "-" + sequence + "-" + lot.getFileName());
        try (ZipFile from = new ZipFile(lot.toFile());
                OutputStream file = Files.newOutputStream(renewed);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    if (entry.getName().equals(MANIFEST)) {
                        to.write(renewed(manifest(in), town, sequence));
                    } else {
                        in.transferTo(to);
                    }
                }
                to.closeEntry();
            }
        }
        return renewed;
    }

    private static JsonObject manifest(InputStream in) {
        try (JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    private static byte[] renewed(JsonObject manifest, String town, long sequence) {
        return Json.createObjectBuilder(manifest)
                .add("lotId", UUID.randomUUID().toString())
                .add("town", town)
                .add("sequence", sequence)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
