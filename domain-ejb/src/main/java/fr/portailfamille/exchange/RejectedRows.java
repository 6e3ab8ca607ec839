package fr.portailfamille.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.portailfamille.common.TownVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** The table of rejected rows and warnings. The cells in it may hold anything a person wrote: they are encrypted. */
final class RejectedRows {

    /** The place of a cell, as the vault's associated data. */
    static final String PLACE = "rejected_row/value_enc/";

    private static final String SELECT = """
            select file, line, column_name, code, severity, value_enc, detail from rejected_row
             where town_id = :town and run_id = :run and (:warnings or severity = 'REJECT')
             order by n
            """;

    private RejectedRows() {}

    static List<RejectedRow> page(
            Handle handle, TownVault vault, int town, long run, boolean warnings, int offset, int limit) {
        return handle.createQuery(SELECT + " limit :limit offset :offset")
                .bind("town", town)
                .bind("run", run)
                .bind("warnings", warnings)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> rejected(row, vault, run))
                .list();
    }

    static long count(Handle handle, int town, long run, boolean warnings) {
        return handle.createQuery("select count(*) from rejected_row "
                        + "where town_id = :town and run_id = :run and (:warnings or severity = 'REJECT')")
                .bind("town", town)
                .bind("run", run)
                .bind("warnings", warnings)
                .mapTo(long.class)
                .one();
    }

    static void writeCsv(Handle handle, TownVault vault, int town, long run, Writer out) {
        CsvWriter csv = CsvWriter.builder().fieldSeparator(';').build(out);
        csv.writeRecord("file", "line", "column", "code", "severity", "value", "reason");
        try (ResultIterator<RejectedRow> rows = handle.createQuery(SELECT)
                .setFetchSize(1_000)
                .bind("town", town)
                .bind("run", run)
                .bind("warnings", true)
                .map((row, context) -> rejected(row, vault, run))
                .iterator()) {
            for (Iterator<RejectedRow> each = rows; each.hasNext(); ) {
                RejectedRow row = each.next();
                csv.writeRecord(
                        row.file(),
                        row.line() == null ? "" : row.line().toString(),
                        row.column() == null ? "" : row.column(),
                        row.code(),
                        row.warning() ? "warning" : "reject",
                        row.value() == null ? "" : Spreadsheet.armed(row.value()),
                        row.reason());
            }
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RejectedRow rejected(ResultSet row, TownVault vault, long run) throws SQLException {
        long line = row.getLong("line");
        Long lineOrNone = row.wasNull() ? null : line;
        String column = row.getString("column_name");
        String code = row.getString("code");
        return new RejectedRow(
                row.getString("file"),
                lineOrNone,
                column,
                code,
                row.getString("severity").equals("WARNING"),
                vault.decrypt(PLACE + run, row.getBytes("value_enc")),
                RejectReasons.sentence(code, column, row.getString("detail")));
    }
}
