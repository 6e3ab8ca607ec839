package fr.portailfamille.launcher.lot;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A file of a lot, row by row; rows may be exchanged. */
record LotTable(List<String> header, List<List<String>> rows) {

    static LotTable of(String header) {
        return new LotTable(List.of(header.split(",")), new ArrayList<>());
    }

    static LotTable read(String csv) {
        List<List<String>> rows = CsvReader.builder().ofCsvRecord(csv).stream()
                .map(CsvRecord::getFields)
                .collect(Collectors.toCollection(ArrayList::new));
        return new LotTable(rows.remove(0), rows);
    }

    LotTable with(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        if (row.size() != header.size()) {
            throw new IllegalArgumentException(row + " does not fit " + header);
        }
        rows.add(row);
        return this;
    }

    int column(String name) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new IllegalStateException("No column " + name + " in " + header);
        }
        return at;
    }

    List<String> values(String column) {
        int at = column(column);
        return rows.stream().map(row -> row.get(at)).toList();
    }

    String text() {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(header);
            rows.forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
