package fr.portailfamille.launcher.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A delta with all rows of a city's lot, one cell of each changed: nothing of what is there stays as it was. */
final class ChangedLot {

    /** One column for each file, of which a town may change any: neither a key nor a reference. */
    private static final Map<String, String> CHANGED = Map.of(
            "families.csv", "street",
            "individuals.csv", "email",
            "memberships.csv", "custody",
            "pickup_contacts.csv", "name",
            "allergies.csv", "note",
            "vaccinations.csv", "booster_date",
            "registrations.csv", "weekdays");

    private static final List<String> NEXT_CUSTODY = List.of("all", "even_weeks", "odd_weeks");

    private ChangedLot() {}

    /** @param time another number gives other cells */
    static Path of(Path lot, Path folder, String town, CityFlow flow, long sequence, int time) throws IOException {
        WrittenLot written = new WrittenLot(folder, town, flow.toString(), "delta", sequence);
        try (ZipFile zip = new ZipFile(lot.toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(each -> each.getName().endsWith(".csv")).toList()) {
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                List<String> rows = changed(entry.getName(), text, time);
                written.file(entry.getName(), rows.get(0), rows.subList(1, rows.size()).stream());
            }
        }
        return written.write();
    }

    private static List<String> changed(String file, String text, int time) throws IOException {
        List<String> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(text)) {
            int at = -1;
            for (CsvRecord csv : records) {
                List<String> cells = new ArrayList<>(csv.getFields());
                if (at < 0) {
                    at = cells.indexOf(column(file));
                } else {
                    cells.set(at, cell(file, cells.get(at), rows.size(), time));
                }
                rows.add(line(cells));
            }
        }
        return rows;
    }

    private static String column(String file) {
        String column = CHANGED.get(file);
        if (column == null) {
            throw new IllegalArgumentException("Which column of " + file + " is to be changed?");
        }
        return column;
    }

    private static String cell(String file, String before, int row, int time) {
        return switch (column(file)) {
            case "email" -> String.format(Locale.ROOT, "banc.%d.%d@famille.invalid", row, time);
            case "custody" -> NEXT_CUSTODY.get((NEXT_CUSTODY.indexOf(before) + 1 + time % 2) % NEXT_CUSTODY.size());
            case "booster_date" -> "2025-01-0" + (1 + time);
            case "weekdays" -> time % 2 == 0 ? "12" : "45";
            default -> (before + " " + time).strip();
        };
    }

    private static String line(List<String> cells) throws IOException {
        StringWriter line = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(line)) {
            writer.writeRecord(cells);
        }
        return line.toString().strip();
    }
}
