package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.portailfamille.exchange.SharedLots.SharedLot;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole towns come in: what their tables hold afterwards is what the files say, less the rows that were rejected. */
@Tag("container")
@Tag("X1")
@Tag("X2")
@Tag("X3")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SharedLotsIT {

    @Test
    void a_small_town_with_twenty_changes_of_its_people() throws Exception {
        Loaded town = load("petite-ville");
        assertThat(town.lots().stream()
                        .filter(lot -> lot.manifest().getString("mode").equals("delta")))
                .hasSize(20);
        town.tablesHoldWhatTheFilesSay();
        assertThat(town.rejects()).isEmpty();
    }

    @Test
    void a_town_whose_places_are_short() throws Exception {
        Loaded town = load("ville-rare");
        town.tablesHoldWhatTheFilesSay();
        assertThat(town.rejects()).isEmpty();
    }

    @Test
    void a_town_with_the_quirks_of_a_database_that_people_have_used_for_years() throws Exception {
        Loaded town = load("noethys-alsh");
        town.tablesHoldWhatTheFilesSay();
        assertThat(town.rejects())
                .containsEntry(
                        "registrations.csv OUT_OF_PERIOD",
                        "La date est hors de la période admise : l'accueil est proposé du 05/01/2027 au 05/06/2035.");
    }

    private static Loaded load(String town) throws IOException, SQLException {
        List<SharedLot> lots = SharedLots.of(town);
        Vendor vendor = Vendor.of(town);
        Loaded loaded = new Loaded(vendor, lots, new AppliedRows(), new TreeMap<>());
        for (SharedLot lot : lots) {
            // 200 where another test has sent it before.
            assertThat(vendor.send(Files.readAllBytes(lot.zip())).status())
                    .as(lot.zip().toString())
                    .isIn(200, 202);
        }
        for (SharedLot lot : lots) {
            loaded.follow(lot);
        }
        return loaded;
    }

    /**
     * A town that was fed.
     *
     * @param expected what the files say
     * @param rejects by file and code, the last sentence of each
     */
    private record Loaded(Vendor vendor, List<SharedLot> lots, AppliedRows expected, Map<String, String> rejects) {

        void follow(SharedLot lot) throws SQLException {
            JsonObject state = vendor.follow(lot.id());
            assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
            Map<String, Set<Long>> rejected = listed(lot);
            for (Map.Entry<String, Integer> file : lot.files().entrySet()) {
                JsonObject counts = state.getJsonObject("files").getJsonObject(file.getKey());
                String what = lot.zip().getFileName() + " " + file.getKey() + " " + counts;
                Set<Long> lines = rejected.getOrDefault(file.getKey(), Set.of());
                assertThat(counts.getInt("created")
                                + counts.getInt("changed")
                                + counts.getInt("unchanged")
                                + counts.getInt("rejected"))
                        .as("each row counted once: " + what)
                        .isEqualTo(file.getValue());
                assertThat(counts.getInt("rejected"))
                        .as("rejects listed: " + what)
                        .isEqualTo(lines.size());
                assertThat(counts.getInt("archived")).as(what).isZero();
            }
            expected.apply(vendor, lot);
        }

        /** Lines of the rejected rows by file; each has a sentence for a person. */
        private Map<String, Set<Long>> listed(SharedLot lot) {
            Map<String, Set<Long>> lines = new TreeMap<>();
            String csv = vendor.get("/lots/" + lot.id() + "/rejects.csv").body();
            for (NamedCsvRecord row : CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(csv)) {
                assertThat(row.getField("reason"))
                        .as(row.toString())
                        .matches("\\p{Lu}.{20,}\\.")
                        .doesNotContain("{", "null", "  ", row.getField("code"));
                if (row.getField("severity").equals("reject")) {
                    lines.computeIfAbsent(row.getField("file"), file -> new HashSet<>())
                            .add(Long.valueOf(row.getField("line")));
                    rejects.put(row.getField("file") + " " + row.getField("code"), row.getField("reason"));
                }
            }
            return lines;
        }

        void tablesHoldWhatTheFilesSay() throws SQLException {
            expected.stand(vendor);
        }
    }
}
