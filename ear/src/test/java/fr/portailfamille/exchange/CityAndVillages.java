package fr.portailfamille.exchange;

import fr.portailfamille.launcher.lot.LotWriter;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Full lots of one file each that need nothing else: a city's, long to read, and a village's, of two people. */
final class CityAndVillages {

    /** More than the 16 MiB from which on a lot counts as large. */
    private static final int ROWS_OF_A_CITY = 260_000;

    private CityAndVillages() {}

    static UUID id(String town, long sequence) {
        return UUID.nameUUIDFromBytes((town + sequence).getBytes(StandardCharsets.UTF_8));
    }

    /** Reference data of many closed days. */
    static Path city(Path folder, String town, long sequence) throws IOException {
        StringBuilder lines = new StringBuilder("closure_ref,start,end,reason\n");
        for (int i = 0; i < ROWS_OF_A_CITY; i++) {
            lines.append("fermeture-")
                    .append(i)
                    .append(",2020-01-01,2020-01-02,travaux d'été n° ")
                    .append(sequence);
            lines.append(" de l'école ").append(i % 97).append('\n');
        }
        LotWriter files = new LotWriter().file("closures.csv", lines.toString(), ROWS_OF_A_CITY);
        return write(folder, town, sequence, "reference", files);
    }

    static Path village(Path folder, String town) throws IOException {
        String lines = "individual_ref,last_name,first_name\nI1,ROUSSEL,Ève\nI2,LEROY,Adam\n";
        return write(folder, town, 1, "individuals", new LotWriter().file("individuals.csv", lines, 2));
    }

    private static Path write(Path folder, String town, long sequence, String flow, LotWriter files)
            throws IOException {
        Path path = Files.createDirectories(folder).resolve(town + sequence + ".zip");
        files.write(
                Json.createObjectBuilder()
                        .add("format", "enfance-exchange/1")
                        .add("lotId", id(town, sequence).toString())
                        .add("town", town)
                        .add("flow", flow)
                        .add("mode", "full")
                        .add("sequence", sequence)
                        .build(),
                path);
        return path;
    }
}
