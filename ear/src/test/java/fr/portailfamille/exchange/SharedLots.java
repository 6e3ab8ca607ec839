package fr.portailfamille.exchange;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.launcher.LotImport;
import fr.portailfamille.launcher.Project;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/**
 * Lots of whole towns that lie beside the repository and not in it. Where they are missing, tests that need them are
 * skipped, which the run counts and says.
 */
public final class SharedLots {

    private SharedLots() {}

    /** One lot as its maker packed it. */
    public record SharedLot(Path zip, JsonObject manifest) {

        public UUID id() {
            return UUID.fromString(manifest.getString("lotId"));
        }

        public String flow() {
            return manifest.getString("flow");
        }

        /** Rows by file, as the manifest has them. */
        Map<String, Integer> files() {
            Map<String, Integer> files = new LinkedHashMap<>();
            for (JsonObject file : manifest.getJsonArray("files").getValuesAs(JsonObject.class)) {
                files.put(file.getString("name"), file.getInt("rows"));
            }
            return files;
        }

        /** Each row with the line on which it starts. */
        public void forEachRow(String file, BiConsumer<Long, NamedCsvRecord> each) {
            try (ZipFile content = new ZipFile(zip.toFile());
                    CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                            .ofNamedCsvRecord(new InputStreamReader(
                                    content.getInputStream(content.getEntry(file)), StandardCharsets.UTF_8))) {
                rows.forEach(row -> each.accept(row.getStartingLineNumber(), row));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Those of the town in flows that the portal takes, in the order in which they are sent. */
    public static List<SharedLot> of(String town) {
        Path folder =
                Project.root().resolve("../shared/data/lots").resolve(town).normalize();
        Assumptions.assumeTrue(Files.isDirectory(folder), "no lots of " + town + " beside the repository");
        List<SharedLot> lots = new ArrayList<>();
        for (Path zip : LotImport.lots(List.of(folder))) {
            SharedLot lot = lot(zip);
            if (Flow.named(lot.flow()).isPresent()) {
                lots.add(lot);
            }
        }
        return lots;
    }

    /** Any other one. */
    static SharedLot lot(Path zip) {
        return new SharedLot(zip, manifest(zip));
    }

    private static JsonObject manifest(Path zip) {
        try (ZipFile content = new ZipFile(zip.toFile());
                JsonReader json = Json.createReader(content.getInputStream(content.getEntry(Manifest.FILE)))) {
            return json.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
