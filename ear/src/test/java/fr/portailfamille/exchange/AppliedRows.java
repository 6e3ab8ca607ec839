package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.portailfamille.exchange.SharedLots.SharedLot;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Formats;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a town's tables hold after its lots, worked out from nothing but their files and the rows that were told to be
 * rejected: of each key the last row that was taken, unless it was archived, by its own word or because a full lot lacked it.
 * For files of which a full lot speaks as a whole.
 */
final class AppliedRows {

    private static final String ARCHIVED = FileFormat.ARCHIVED.name();

    /** Rows whose key can be read, whatever else is wrong with them. */
    private static final Set<String> KNOWN_BY_KEY = Set.of("UNKNOWN_REFERENCE", "PARENT_REJECTED", "DUPLICATE_KEY");

    private final Map<String, Map<String, Known>> files = new TreeMap<>();

    private record Known(NamedCsvRecord row, boolean archived) {}

    /** A row that was rejected. */
    record Rejected(String file, long line, String column, String code) {}

    /** What became of the rows of a file of a lot. */
    record Counts(long created, long changed, long unchanged, long archived, long rejected) {}

    /** Takes in what the town has applied, and compares what it tells of it. */
    void apply(Vendor town, SharedLot lot) throws SQLException {
        List<Rejected> rejected = rejected(town, lot);
        Map<String, Counts> counts = new TreeMap<>();
        for (String file : lot.files().keySet()) {
            List<Rejected> ofFile =
                    rejected.stream().filter(row -> row.file().equals(file)).toList();
            counts.put(file, apply(lot, Formats.named(file), ofFile));
        }
        assertThat(counted(town, lot)).as("%s of %s", lot.zip(), town.town()).isEqualTo(counts);
    }

    private static List<Rejected> rejected(Vendor town, SharedLot lot) throws SQLException {
        return town
                .rows("select w.file, w.line, coalesce(w.column_name, ''), w.code from app.rejected_row w"
                        + ofRun("w", lot) + " and w.severity = 'REJECT'")
                .stream()
                .map(row -> new Rejected(row.get(0), Long.parseLong(row.get(1)), row.get(2), row.get(3)))
                .toList();
    }

    private static Map<String, Counts> counted(Vendor town, SharedLot lot) throws SQLException {
        Map<String, Counts> counted = new TreeMap<>();
        for (List<String> row : town.rows(
                "select f.file, f.created, f.changed, f.unchanged, f.archived, f.rejected from app.processing_file f"
                        + ofRun("f", lot))) {
            List<Long> n = row.stream().skip(1).map(Long::valueOf).toList();
            counted.put(row.get(0), new Counts(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4)));
        }
        return counted;
    }

    private static String ofRun(String table, SharedLot lot) {
        return " join app.lot l on (l.town_id, l.run_id) = (%1$s.town_id, %1$s.run_id) where %1$s.town_id = :town and l.lot_id = '%2$s' and not l.dry_run"
                .formatted(table, lot.id());
    }

    private Counts apply(SharedLot lot, FileFormat format, List<Rejected> rejected) {
        Map<String, Known> before = Map.copyOf(files.computeIfAbsent(format.name(), file -> new TreeMap<>()));
        Map<String, Known> now = files.get(format.name());
        Set<Long> bad = new HashSet<>();
        rejected.forEach(row -> bad.add(row.line()));
        Set<String> named = new HashSet<>();
        lot.forEachRow(format.name(), (line, row) -> {
            String key = LiveRows.key(format, row);
            named.add(key);
            if (!bad.contains(line)) {
                Known read = new Known(row, row.findField(ARCHIVED).orElse("").equals("1"));
                now.merge(
                        key,
                        read,
                        (held, next) ->
                                held == before.get(key) || LiveRows.stays(format, held.row(), next.row()) == next.row()
                                        ? next
                                        : held);
            }
        });
        boolean full = lot.manifest().getString("mode").equals("full");
        if (full && rejected.stream().noneMatch(row -> hidesItsKey(format, row))) {
            now.replaceAll((key, known) -> named.contains(key) ? known : new Known(known.row(), true));
        }
        return new Counts(
                count(now, key -> !before.containsKey(key)),
                count(
                        now,
                        key -> before.containsKey(key) && named.contains(key) && !same(before.get(key), now.get(key))),
                lot.files().get(format.name())
                        - bad.size()
                        - count(now, key -> named.contains(key) && !same(before.get(key), now.get(key))),
                count(
                        now,
                        key -> now.get(key).archived()
                                && (!before.containsKey(key) || !before.get(key).archived())),
                bad.size());
    }

    private static long count(Map<String, Known> rows, Predicate<String> which) {
        return rows.keySet().stream().filter(which).count();
    }

    private static boolean same(Known before, Known now) {
        return before == now
                || before != null
                        && before.archived() == now.archived()
                        && cells(before.row()).equals(cells(now.row()));
    }

    private static Map<String, String> cells(NamedCsvRecord row) {
        Map<String, String> cells = new TreeMap<>(row.getFieldsAsMap());
        cells.remove(ARCHIVED);
        return cells;
    }

    /** Nobody knows which row it is about: nothing that the file lacks may be archived. */
    private static boolean hidesItsKey(FileFormat format, Rejected row) {
        return !KNOWN_BY_KEY.contains(row.code())
                && format.key().stream().map(Column::name).anyMatch(name -> name.equals(row.column()));
    }

    /** The town's tables hold these rows and no others. */
    void stand(Vendor town) throws SQLException {
        assertThat(files).isNotEmpty();
        for (Map.Entry<String, Map<String, Known>> file : files.entrySet()) {
            List<NamedCsvRecord> rows = file.getValue().values().stream()
                    .filter(known -> !known.archived())
                    .map(Known::row)
                    .toList();
            List<String> header =
                    rows.stream().findFirst().map(NamedCsvRecord::getHeader).orElse(List.of());
            assertThat(new LiveRows(Formats.named(file.getKey()), header).differences(town, rows))
                    .as(town.town() + " " + file.getKey())
                    .isEmpty();
        }
    }
}
