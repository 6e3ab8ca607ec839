package fr.portailfamille.launcher.demonstration;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;

/** What a lot holds, as a receiver sees it. */
record LotReader(JsonObject manifest, Map<String, byte[]> files) {

    static LotReader open(Path zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (files.put(entry.getName(), in.readAllBytes()) != null) {
                    throw new IllegalStateException("Twice in the lot: " + entry.getName());
                }
            }
        }
        byte[] manifest = files.remove("manifest.json");
        try (var reader = Json.createReader(new StringReader(new String(manifest, StandardCharsets.UTF_8)))) {
            return new LotReader(reader.readObject(), files);
        }
    }

    List<Map<String, String>> rows(String file) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .ofNamedCsvRecord(
                        new InputStreamReader(new ByteArrayInputStream(files.get(file)), StandardCharsets.UTF_8))) {
            return csv.stream().map(NamedCsvRecord::getFieldsAsMap).toList();
        }
    }
}
