package fr.portailfamille.exchange.check;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.portailfamille.exchange.check.Finding.Weight;
import fr.portailfamille.exchange.format.Cell;
import fr.portailfamille.exchange.format.CellRule;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.CsvFile;
import fr.portailfamille.exchange.format.FaultCode;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import fr.portailfamille.exchange.format.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one file as the import does: each cell, and what the cells of a row say of each other. */
final class RowScan {

    private static final int SHOWN = 200;

    private final FileFormat format;
    private final ScannedFile scanned;
    private final int longest;
    private final Findings findings;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Cell cell = new Cell();
    private final Set<FaultCode> told = EnumSet.noneOf(FaultCode.class);

    /** @param longest characters of a field */
    RowScan(ScannedFile scanned, int longest, Findings findings) {
        this.format = scanned.format();
        this.scanned = scanned;
        this.longest = longest;
        this.findings = findings;
        for (Column column : format.columns()) {
            indexes.put(column.name(), indexes.size());
        }
    }

    /**
     * @param listed rows that the manifest announces
     * @throws RefusedException where the file, and with it the lot, cannot be taken
     */
    void read(InputStream in, long listed) throws IOException {
        try (CsvFile file = new CsvFile(format, in, longest)) {
            for (String unknown : file.unknownColumns()) {
                scanned.warn(1);
                tell(1, unknown, FaultCode.UNKNOWN_COLUMN, null, null);
            }
            int[] positions = file.positions();
            for (CsvRecord row = file.next(); row != null && file.rows() <= listed; row = file.next()) {
                row(row, file, positions);
            }
            scanned.count(file.rows());
            if (file.rows() != listed) {
                String more = file.rows() > listed ? "plus de " + listed : Long.toString(file.rows());
                throw new RefusedException(
                        "ROW_COUNT_MISMATCH",
                        format.name(),
                        null,
                        null,
                        String.format(Locale.ROOT, "%s dans le fichier, %d dans le manifeste", more, listed));
            }
        }
    }

    private void row(CsvRecord row, CsvFile file, int[] positions) {
        long line = row.getStartingLineNumber();
        long place = Place.of(file.rows(), line);
        if (row.getFieldCount() != file.width()) {
            String counts = row.getFieldCount() + " au lieu de " + file.width();
            reject(place, null, FaultCode.WRONG_FIELD_COUNT, null, counts);
            return;
        }
        Map<String, String> values = new TreeMap<>();
        boolean keyRead = true;
        boolean warned = false;
        List<Column> columns = file.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String text = file.take(row, column, positions[i], cell);
            FaultCode fault = cell.fault();
            if (fault != null) {
                keyRead &= !format.key().contains(column);
                reject(place, column.name(), fault, text, cell.detail());
            } else if (cell.warning() != null && isNew(cell.warning())) {
                warned = true;
                tell(line, column.name(), cell.warning(), text, null);
            }
            String value = cell.value();
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        for (String beside : file.tooLongBeside(row)) {
            reject(place, beside, FaultCode.TOO_LONG, null, Integer.toString(longest));
        }
        together(row, place, columns, positions, values);
        if (scanned.isRejected(place)) {
            if (!keyRead || !format.keyedByRef()) {
                return;
            }
        } else {
            scanned.warn(warned ? 1 : 0);
            refer(place, values);
        }
        scanned.keys().add(key(values), place, scanned.keys().told(content(values)));
    }

    /** What no cell is wrong about alone. */
    private void together(
            CsvRecord row, long place, List<Column> columns, int[] positions, Map<String, String> values) {
        if (scanned.isRejected(place)) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            CellRule rule = column.rule();
            String value = values.get(column.name());
            CellRule.Broken broken = rule == null ? null : rule.broken(value, values.get(rule.of()));
            if (broken != null) {
                String text = value == null ? null : CsvFile.normal(row.getField(positions[i]));
                reject(place, column.name(), broken.code(), text, broken.detail());
            }
        }
        switch (format.trait()) {
            case UNORDERED_PAIR -> {
                Column first = format.key().get(0);
                Column second = format.key().get(1);
                String one = values.get(first.name());
                if (one != null && one.equals(values.get(second.name()))) {
                    reject(place, second.name(), FaultCode.BAD_VALUE, one, "une autre activité que celle de la ligne");
                }
            }
            case DOCUMENTS -> {
                if (!values.containsKey("family_ref") && !values.containsKey("individual_ref")) {
                    reject(place, "individual_ref", FaultCode.MISSING, null, null);
                }
            }
            case REGISTRATIONS -> {
                String start = values.get("start");
                String end = values.get("end");
                if (start != null && end != null && end.compareTo(start) < 0) {
                    reject(place, "end", FaultCode.OUT_OF_PERIOD, end, "la fin précède le début");
                }
            }
            default -> {
                // Nothing more to be said without what was received before.
            }
        }
    }

    private boolean isNew(FaultCode warning) {
        return !warning.oncePerFile() || told.add(warning);
    }

    private void refer(long place, Map<String, String> values) {
        for (Column column : format.columns()) {
            String parent = column.parent();
            String ref = values.get(column.name());
            if (parent != null && ref != null) {
                KeySpool links = scanned.links().get(parent);
                if (links == null) {
                    scanned.missElsewhere();
                } else {
                    links.add(ref, place, indexes.getOrDefault(column.name(), 0));
                }
            }
        }
    }

    private String key(Map<String, String> values) {
        List<String> cells = format.key().stream()
                .map(column -> values.getOrDefault(column.name(), ""))
                .toList();
        if (format.trait() == Trait.UNORDERED_PAIR) {
            cells = cells.stream().sorted().toList();
        }
        return String.join("\u0000", cells);
    }

    /** Of two bookings of one day only the state may differ. */
    private String content(Map<String, String> values) {
        return switch (format.trait()) {
            case BOOKINGS -> values.getOrDefault("state", "");
            case DOCUMENTS -> "";
            default -> {
                // Keys are the same anyway, and a pair is the same whichever of the two stands first.
                Map<String, String> beside = new TreeMap<>(values);
                format.key().forEach(column -> beside.remove(column.name()));
                yield beside.toString();
            }
        };
    }

    private void reject(
            long place, @Nullable String column, FaultCode code, @Nullable String value, @Nullable String detail) {
        scanned.reject(place);
        tell(Place.line(place), column, code, value, detail);
    }

    private void tell(
            long line, @Nullable String column, FaultCode code, @Nullable String value, @Nullable String detail) {
        String shown = value == null || value.isEmpty()
                ? null
                : value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        findings.tell(
                code.warning() ? Weight.WARNING : Weight.REJECT,
                format.name(),
                line,
                column,
                code.name(),
                shown,
                detail);
    }
}
