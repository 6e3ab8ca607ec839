package fr.portailfamille.launcher.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The content of a lot under a new id and another sequence, as a business application sends it the next night. */
public final class RenewedLot {

    private RenewedLot() {}

    public static Path of(Path lot, Path folder, long sequence) throws IOException {
        Path renewed = folder.resolve(sequence + "-" + lot.getFileName());
        try (ZipFile from = new ZipFile(lot.toFile());
                OutputStream file = Files.newOutputStream(renewed);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    if (entry.getName().equals("manifest.json")) {
                        to.write(manifest(in, sequence));
                    } else {
                        in.transferTo(to);
                    }
                }
                to.closeEntry();
            }
        }
        return renewed;
    }

    private static byte[] manifest(InputStream in, long sequence) {
        try (JsonReader reader = Json.createReader(in)) {
            JsonObject old = reader.readObject();
            return Json.createObjectBuilder(old)
                    .add("lotId", UUID.randomUUID().toString())
                    .add("sequence", sequence)
                    .build()
                    .toString()
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
