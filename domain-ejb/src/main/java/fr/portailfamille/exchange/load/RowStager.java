package fr.portailfamille.exchange.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.portailfamille.common.SearchText;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.exchange.format.Cell;
import fr.portailfamille.exchange.format.CellRule;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.CsvFile;
import fr.portailfamille.exchange.format.FaultCode;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Kind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of one file into rows of its staging table, and faults into rows of the table of faults. A bad row is staged
 * too, with its key alone: it protects what it names from being archived, and what depends on it is rejected. Secrets are
 * encrypted here, or left out to be so later, and none ever lies in the database in clear.
 */
final class RowStager {

    private static final int KEPT_MACS = 4_096;
    private static final int KEPT_VALUE = 40;

    private final FileFormat format;
    private final CsvFile file;
    private final Column[] columns;
    private final int[] positions;
    private final boolean[] keys;
    private final int width;
    private final TownVault vault;
    private final FileContent.Sealing sealing;
    private final Erased erased;
    private final String faultPlace;
    private final Cell cell = new Cell();
    private final @Nullable String[] values;
    private final int refAt;
    private final int dayAt;
    private final List<Integer> searched;
    private final List<Ruled> ruled;
    private final Map<String, byte[]> macs = new HashMap<>();
    private final Set<FaultCode> told = EnumSet.noneOf(FaultCode.class);

    private final KeysSeen keysSeen = new KeysSeen();

    private boolean unreadableKeys;
    private long warned;
    private @Nullable String firstDay;
    private @Nullable String lastDay;

    /** A column with a rule, and where the two cells stand that it is about. */
    private record Ruled(Column column, CellRule rule, int at, int other) {}

    RowStager(
            FileFormat format,
            CsvFile file,
            TownVault vault,
            FileContent.Sealing sealing,
            Erased erased,
            String faultPlace) {
        this.format = format;
        this.file = file;
        this.columns = file.columns().toArray(Column[]::new);
        this.positions = file.positions();
        this.width = file.width();
        this.vault = vault;
        this.sealing = sealing;
        this.erased = erased;
        this.faultPlace = faultPlace;
        this.values = new String[columns.length];
        this.keys = new boolean[columns.length];
        int day = -1;
        for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            keys[i] = format.key().stream().anyMatch(key -> key.name().equals(column.name()));
            if (keys[i] && column.kind() == Kind.DATE && !column.secret()) {
                day = i;
            }
        }
        refAt = reference(format, file.columns());
        dayAt = day;
        searched = SearchNames.of(format, file.columns());
        ruled = ruled(file.columns());
    }

    private static List<Ruled> ruled(List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        return columns.stream()
                .filter(column -> column.rule() != null)
                .map(column -> {
                    CellRule rule = Objects.requireNonNull(column.rule());
                    return new Ruled(column, rule, columns.indexOf(column), names.indexOf(rule.of()));
                })
                .filter(each -> each.other >= 0)
                .toList();
    }

    /** Where the column stands that says whose row it is, and what its secrets are bound to; -1 where there is none. */
    static int reference(FileFormat format, List<Column> columns) {
        String names = format.keyedByRef() ? "ref" : "individual_id";
        return columns.stream().map(Column::target).toList().lastIndexOf(names);
    }

    boolean unreadableKeys() {
        return unreadableKeys;
    }

    /** As {@link KeysSeen#differ}. */
    @Nullable
    Boolean keysDiffer() {
        return keysSeen.differ();
    }

    long warned() {
        return warned;
    }

    /** Of the days that keys bear; none where they bear no day, or none was readable. */
    Optional<LocalDate> firstDay() {
        return Optional.ofNullable(firstDay).map(LocalDate::parse);
    }

    /** As {@link #firstDay}. */
    Optional<LocalDate> lastDay() {
        return Optional.ofNullable(lastDay).map(LocalDate::parse);
    }

    void stage(CsvRecord record, CopyText rows, CopyText faults) {
        long line = record.getStartingLineNumber();
        if (record.getFieldCount() != width) {
            fault(
                    faults,
                    line,
                    null,
                    FaultCode.WRONG_FIELD_COUNT,
                    null,
                    record.getFieldCount() + " au lieu de " + width);
            unreadableKeys = true;
            return;
        }
        if (isErased(record, line, faults)) {
            write(rows, line, true);
            return;
        }
        boolean bad = false;
        boolean keyRead = true;
        boolean warnings = false;
        for (int i = 0; i < values.length; i++) {
            Column column = columns[i];
            String text = file.take(record, column, positions[i], cell);
            values[i] = cell.value();
            FaultCode fault = cell.fault();
            if (fault != null) {
                bad = true;
                keyRead &= !keys[i];
                fault(faults, line, column.name(), fault, text, cell.detail());
            } else if (cell.warning() != null && isNew(cell.warning())) {
                warnings = true;
                fault(faults, line, column.name(), cell.warning(), text, null);
            }
        }
        for (String beside : file.tooLongBeside(record)) {
            bad = true;
            fault(faults, line, named(beside), FaultCode.TOO_LONG, null, Integer.toString(file.longest()));
        }
        bad = bad || contradicts(record, line, faults);
        if (warnings && !bad) {
            warned++;
        }
        if (!keyRead) {
            unreadableKeys = true;
        } else {
            write(rows, line, bad);
        }
    }

    /** Asked before anything else of the row is looked at: what a report tells of a row is kept, and this one's must not be. */
    private boolean isErased(CsvRecord record, long line, CopyText faults) {
        if (refAt < 0 || !erased.concerns(format)) {
            return false;
        }
        Column reference = columns[refAt];
        reference.take(CsvFile.normal(record.getField(positions[refAt])), cell);
        String ref = cell.value();
        if (!erased.holds(ref)) {
            return false;
        }
        Arrays.fill(values, null);
        values[refAt] = ref;
        fault(faults, line, reference.name(), FaultCode.ERASED, ref, null);
        return true;
    }

    /** What no cell is wrong about alone. */
    private boolean contradicts(CsvRecord record, long line, CopyText faults) {
        boolean found = false;
        for (Ruled each : ruled) {
            String value = values[each.at];
            CellRule.Broken broken = each.rule.broken(value, values[each.other]);
            if (broken != null) {
                found = true;
                String text = value == null ? null : CsvFile.normal(record.getField(positions[each.at]));
                fault(faults, line, each.column.name(), broken.code(), text, broken.detail());
            }
        }
        return found;
    }

    private boolean isNew(FaultCode warning) {
        return !warning.oncePerFile() || told.add(warning);
    }

    /** Days in ISO 8601 stand in the order of their characters. */
    private void noteDay(@Nullable String day) {
        if (day == null) {
            return;
        }
        if (firstDay == null || day.compareTo(firstDay) < 0) {
            firstDay = day;
        }
        if (lastDay == null || day.compareTo(lastDay) > 0) {
            lastDay = day;
        }
    }

    private void write(CopyText rows, long line, boolean bad) {
        if (dayAt >= 0) {
            noteDay(values[dayAt]);
        }
        String ref = refAt < 0 ? "" : values[refAt];
        rows.number(line);
        rows.flag(bad);
        for (int i = 0; i < values.length; i++) {
            Column column = columns[i];
            String value = bad && !keys[i] ? null : values[i];
            if (keys[i]) {
                keysSeen.part(value == null ? "" : value);
            }
            if (column.secret()) {
                secret(rows, column, value, ref);
            } else if (value == null) {
                rows.none();
            } else {
                rows.text(value);
            }
        }
        if (!searched.isEmpty()) {
            searchName(rows, bad);
        }
        rows.endRow();
        keysSeen.end();
    }

    private void searchName(CopyText rows, boolean bad) {
        if (bad) {
            rows.none();
            return;
        }
        StringBuilder name = new StringBuilder();
        for (int part : searched) {
            if (values[part] != null) {
                name.append(values[part]).append(' ');
            }
        }
        rows.text(SearchText.of(name.toString()));
    }

    private void secret(CopyText rows, Column column, @Nullable String value, @Nullable String ref) {
        if (value == null) {
            rows.none();
            rows.none();
            return;
        }
        seal(rows, vault, format, column, sealing == FileContent.Sealing.LATE ? null : value, ref);
        rows.binary(mac(column, value));
    }

    /** Writes the secret encrypted, bound to its place; none where there is none. */
    static void seal(
            CopyText rows,
            TownVault vault,
            FileFormat format,
            Column column,
            @Nullable String value,
            @Nullable String ref) {
        byte[] sealed = vault.encrypt(Secrets.place(format.table(), column.target(), ref == null ? "" : ref), value);
        if (sealed == null) {
            rows.none();
        } else {
            rows.binary(sealed);
        }
    }

    /** Most secrets are one of few values (yes, no, a diet): their hashes are computed once. */
    private byte[] mac(Column column, String value) {
        String text = Secrets.hashed(format.table(), column.target(), value);
        byte[] known = macs.get(text);
        if (known != null) {
            return known;
        }
        byte[] mac = vault.mac(text);
        byte[] made = mac == null ? new byte[0] : mac;
        if (value.length() <= KEPT_VALUE && macs.size() < KEPT_MACS) {
            macs.put(text, made);
        }
        return made;
    }

    void unknownColumn(CopyText faults, String name) {
        fault(faults, 1L, named(name), FaultCode.UNKNOWN_COLUMN, null, null);
    }

    /** A column that the format does not know may have any name. */
    private static String named(String column) {
        return column.length() > 100 ? column.substring(0, 100) : column;
    }

    private void fault(
            CopyText faults,
            long line,
            @Nullable String column,
            FaultCode code,
            @Nullable String value,
            @Nullable String detail) {
        faults.text(format.name());
        faults.number(line);
        optional(faults, column);
        faults.text(code.name());
        faults.flag(code.warning());
        faults.none();
        byte[] sealed = value == null || value.isEmpty() ? null : vault.encrypt(faultPlace, shortened(value));
        if (sealed == null) {
            faults.none();
        } else {
            faults.binary(sealed);
        }
        optional(faults, detail);
        faults.endRow();
    }

    private static void optional(CopyText text, @Nullable String value) {
        if (value == null) {
            text.none();
        } else {
            text.text(value);
        }
    }

    private static String shortened(String value) {
        return value.length() <= 1_000 ? value : value.substring(0, 1_000) + "…";
    }
}
