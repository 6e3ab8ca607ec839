package fr.portailfamille.exchange.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.exchange.format.Cell;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.CsvFile;
import fr.portailfamille.exchange.format.FileFormat;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Encrypts, on a second reading, the secrets of rows that turned out to be new or changed. Most rows of a large lot are
 * neither, and for them the keyed hashes are enough that the first reading has staged.
 */
final class LateSecrets {

    private final Stage stage;
    private final FileFormat format;
    private final TownVault vault;

    LateSecrets(Stage stage, FileFormat format, TownVault vault) {
        this.stage = stage;
        this.format = format;
        this.vault = vault;
    }

    /** Lines of the file that will be written and lack a secret of which there is the hash. */
    static BitSet missing(Handle handle, Stage stage, FileFormat format, List<Column> columns) {
        BitSet lines = new BitSet();
        String lacking = columns.stream()
                .filter(Column::secret)
                .map(column -> "s." + column.target() + "_mac is not null and s." + column.target() + "_enc is null")
                .collect(Collectors.joining(" or "));
        if (!lacking.isEmpty()) {
            handle.createQuery("select s.line from " + stage.verdicts(format) + " k join " + stage.rows(format)
                            + " s on s.line = k.line where k.verdict in ('N', 'C') and (" + lacking + ")")
                    .setFetchSize(10_000)
                    .mapTo(int.class)
                    .forEach(lines::set);
        }
        return lines;
    }

    /**
     * Encrypts them.
     *
     * @param file from its beginning
     */
    void seal(Handle handle, CsvFile file, BitSet lines) throws SQLException {
        List<Column> secrets = file.columns().stream().filter(Column::secret).toList();
        String sealed = stage.sealed(format);
        handle.execute("create unlogged table " + sealed + " (line int not null, "
                + columns(secrets, column -> column.target() + "_enc bytea") + ")");
        FileContent.copy(handle, sealed, out -> send(out, file, lines));
        handle.execute("update " + stage.rows(format) + " s set "
                + columns(secrets, column -> column.target() + "_enc = e." + column.target() + "_enc") + " from "
                + sealed
                + " e where e.line = s.line");
        handle.execute("drop table " + sealed);
    }

    private static String columns(List<Column> columns, Function<Column, String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }

    private boolean send(CopyIn out, CsvFile file, BitSet lines) throws SQLException {
        List<Column> columns = file.columns();
        int[] positions = file.positions();
        int ref = RowStager.reference(format, columns);
        Cell cell = new Cell();
        CopyText rows = new CopyText();
        for (CsvRecord record = file.next(); record != null; record = file.next()) {
            int line = Math.toIntExact(record.getStartingLineNumber());
            if (!lines.get(line)) {
                continue;
            }
            String of = ref < 0 ? "" : cell(record, positions[ref], columns.get(ref), cell);
            rows.number(line);
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                if (column.secret()) {
                    RowStager.seal(rows, vault, format, column, cell(record, positions[i], column, cell), of);
                }
            }
            rows.endRow();
            if (rows.length() >= FileContent.SENT_AT) {
                FileContent.send(out, rows);
            }
        }
        return FileContent.send(out, rows);
    }

    private static @Nullable String cell(CsvRecord record, int position, Column column, Cell cell) {
        column.take(CsvFile.normal(record.getField(position)), cell);
        return cell.value();
    }
}
