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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one file as the import does: each cell, and what the cells of a row say of each other. */
final class RowScan {

    private static final int SHOWN = 200;

    private final FileFormat format;
    private final ScannedFile scanned;
    private final int longest;
    private final Findings findings;
    private final Set<String> noPdfs;
    private final Cell cell = new Cell();
    private final Set<FaultCode> told = EnumSet.noneOf(FaultCode.class);
    private Set<String> header = Set.of();

    /**
     * @param longest characters of a field
     * @param noPdfs documents of the lot, without their folder, that are not taken in
     */
    RowScan(ScannedFile scanned, int longest, Set<String> noPdfs, Findings findings) {
        this.format = scanned.format();
        this.scanned = scanned;
        this.longest = longest;
        this.noPdfs = noPdfs;
        this.findings = findings;
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
            header = file.columns().stream().map(Column::name).collect(Collectors.toSet());
            scanned.refersBy(file.columns());
            int[] positions = file.positions();
            try {
                for (CsvRecord row = file.nextOf(listed); row != null; row = file.nextOf(listed)) {
                    row(row, file, positions);
                }
            } finally {
                scanned.count(file.rows());
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
        if (!scanned.isRejected(place)) {
            scanned.warn(warned ? 1 : 0);
            refer(place, columns, values);
            sum(place, values);
        } else if (!keyRead) {
            return;
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
        if (scanned.isRejected(place)) {
            return;
        }
        TraitFault fault = TraitFault.of(format.trait(), new TraitFault.Row(header, values, noPdfs));
        if (fault != null) {
            int at = columns.stream().map(Column::name).toList().indexOf(fault.column());
            scanned.later().add(place, fault, at < 0 ? null : shown(CsvFile.normal(row.getField(positions[at]))));
        }
    }

    private boolean isNew(FaultCode warning) {
        return !warning.oncePerFile() || told.add(warning);
    }

    private void refer(long place, List<Column> columns, Map<String, String> values) {
        for (Column column : columns) {
            String ref = values.get(column.name());
            if (column.link() && ref != null) {
                KeySpool links = scanned.links().get(column);
                if (links == null) {
                    scanned.missElsewhere();
                } else {
                    links.add(ref, place, 0);
                }
            }
        }
    }

    /** What is collected and allocated, to be compared when all of it is read. */
    private void sum(long place, Map<String, String> values) {
        String payment = values.getOrDefault("payment_ref", "");
        if (format.trait() == Trait.PAYMENTS) {
            scanned.amounts().add(payment, place, Long.parseLong(values.getOrDefault("collected", "0")));
        } else if (format.trait() == Trait.ALLOCATIONS) {
            long cents = Long.parseLong(values.getOrDefault("amount", "0"));
            boolean archived = "1".equals(values.get(FileFormat.ARCHIVED.name()));
            scanned.amounts().add(payment, place, AllocatedSums.tag(cents, archived));
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

    /** Keys are the same anyway, and a pair is the same whichever of the two stands first. */
    private String content(Map<String, String> values) {
        Map<String, String> beside = new TreeMap<>(values);
        format.key().forEach(column -> beside.remove(column.name()));
        return beside.toString();
    }

    private void reject(
            long place, @Nullable String column, FaultCode code, @Nullable String value, @Nullable String detail) {
        scanned.reject(place);
        tell(Place.line(place), column, code, value, detail);
    }

    private void tell(
            long line, @Nullable String column, FaultCode code, @Nullable String value, @Nullable String detail) {
        findings.tell(
                code.warning() ? Weight.WARNING : Weight.REJECT,
                format.name(),
                line,
                column,
                code.name(),
                shown(value),
                detail);
    }

    private static @Nullable String shown(@Nullable String value) {
        return value == null || value.isEmpty()
                ? null
                : value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
