package fr.portailfamille.launcher.demonstration;

import fr.portailfamille.launcher.lot.LotWriter;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Builds the exchange lots of the demonstration town. The same day gives the same bytes and the same lot ids, so sending
 * them again changes nothing.
 */
public final class DemonstrationLots {

    /** The code of the demonstration town. */
    public static final String TOWN = "saint-exemple";

    /** In the order in which they are sent. */
    private static final List<String> FLOWS = List.of("reference", "individuals", "registrations", "bookings");

    private static final int SEQUENCE = 1;

    private DemonstrationLots() {}

    /**
     * One lot, written.
     *
     * @param rows data rows in all its files
     */
    public record BuiltLot(String flow, UUID lotId, Path path, int rows) {}

    /**
     * Writes the lots of a town opened on that day.
     *
     * @param folder made if it is missing; lots of the same name are written over
     * @return the lots in the order in which they are to be sent
     */
    public static List<BuiltLot> build(LocalDate today, Path folder) throws IOException {
        return build(TOWN, today, folder);
    }

    /** The same lots for a town of another code, for tests that need several alike. */
    public static List<BuiltLot> build(String town, LocalDate today, Path folder) throws IOException {
        Files.createDirectories(folder);
        RowTemplate template = new RowTemplate(DemonstrationDates.of(today));
        List<BuiltLot> lots = new ArrayList<>();
        for (String flow : FLOWS) {
            Path path = folder.resolve("%02d_%s.zip".formatted(lots.size() + 1, flow));
            lots.add(write(town, flow, today, template, path));
        }
        return lots;
    }

    /** Monday of the week that the demonstration shows first, where every day can still be booked. */
    public static LocalDate firstMonday(LocalDate today) {
        return DemonstrationDates.of(today).monday();
    }

    private static BuiltLot write(String town, String flow, LocalDate today, RowTemplate template, Path path)
            throws IOException {
        JsonObject manifest = manifest(flow);
        LotWriter lot = new LotWriter();
        for (JsonString name : manifest.getJsonArray("files").getValuesAs(JsonString.class)) {
            List<String> lines = lines(flow + "/" + name.getString());
            List<String> rows = lines.stream().skip(1).flatMap(template::expand).toList();
            String text =
                    rows.stream().collect(Collectors.joining("\n", lines.get(0) + "\n", rows.isEmpty() ? "" : "\n"));
            lot.file(name.getString(), text, rows.size());
        }
        UUID lotId = UUID.nameUUIDFromBytes(
                (town + "/" + flow + "/" + SEQUENCE + "/" + today).getBytes(StandardCharsets.UTF_8));
        lot.write(filled(manifest, town, lotId, today), path);
        return new BuiltLot(flow, lotId, path, lot.rows());
    }

    private static JsonObject manifest(String flow) throws IOException {
        try (InputStream in = resource(flow + "/manifest.json");
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    private static JsonObject filled(JsonObject manifest, String town, UUID lotId, LocalDate today) {
        return Json.createObjectBuilder(manifest)
                .add("lotId", lotId.toString())
                .add("town", town)
                .add("sequence", SEQUENCE)
                .add(
                        "producedAt",
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(today.atTime(LocalTime.of(6, 0))
                                .atZone(RowTemplate.PARIS)
                                .toOffsetDateTime()))
                .build();
    }

    /** The first line is the header; empty lines and those that begin with # are for the reader of the template. */
    static List<String> lines(String resource) throws IOException {
        try (InputStream in = resource(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = DemonstrationLots.class.getResourceAsStream("/demonstration/" + name);
        if (in == null) {
            throw new IOException("The demonstration lacks " + name);
        }
        return in;
    }
}
