package fr.portailfamille.exchange.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.exchange.format.CsvFile;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.RefusedException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * A file of a lot being read: remembers the row it has come to between one piece and the next, each of which is staged in a
 * transaction of its own. Memory does not grow with the file. Not for several threads.
 */
public final class FileContent implements Closeable {

    private static final int SENT_AT = 1 << 17;
    private static final int FAULTS_AT = 1 << 20;

    private final ZipFile zip;
    private final LotContent.Listed listed;
    private final Stage stage;
    private final TownVault vault;
    private final String faultPlace;
    private final LongConsumer rowsRead;
    private final CopyText rows = new CopyText();
    private final CopyText faults = new CopyText();
    private @Nullable CsvFile csv;
    private @Nullable RowStager stager;

    /** @param rowsRead is told how many more rows each piece had */
    FileContent(
            ZipFile zip,
            LotContent.Listed listed,
            Stage stage,
            TownVault vault,
            String faultPlace,
            LongConsumer rowsRead) {
        this.zip = zip;
        this.listed = listed;
        this.stage = stage;
        this.vault = vault;
        this.faultPlace = faultPlace;
        this.rowsRead = rowsRead;
    }

    /** What there was to be read. */
    public record Read(
            FileFormat format,
            long rows,
            long warned,
            boolean unreadableKeys,
            List<String> columns,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay) {}

    /**
     * Stages up to so many rows.
     *
     * @return what there was when all is read, after which there is no next; else null
     * @throws RefusedException when the file is missing, or is not what the manifest says
     */
    public @Nullable Read stageNext(Handle handle, int town, int most) {
        try {
            CsvFile file = csv;
            RowStager rowStager = stager;
            if (file == null || rowStager == null) {
                file = open();
                rowStager = new RowStager(listed.format(), file, vault, new Erased(handle, town, vault), faultPlace);
                stage.createRows(handle, listed.format(), file.columns());
                for (String unknown : file.unknownColumns()) {
                    rowStager.unknownColumn(faults, unknown);
                }
                csv = file;
                stager = rowStager;
            }
            long before = file.rows();
            boolean ended = copyRows(handle, file, rowStager, most);
            copyFaults(handle);
            rowsRead.accept(file.rows() - before);
            return ended ? end(file, rowStager) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Staging of " + listed.format().name() + " failed", e);
        }
    }

    private CsvFile open() throws IOException {
        ZipEntry entry = zip.getEntry(listed.format().name());
        if (entry == null) {
            throw new RefusedException("MISSING_FILE", listed.format().name(), null, null, null);
        }
        return new CsvFile(listed.format(), new BufferedInputStream(zip.getInputStream(entry), 1 << 16));
    }

    private boolean copyRows(Handle handle, CsvFile file, RowStager rowStager, int most) throws SQLException {
        CopyIn copy = manager(handle).copyIn("copy " + stage.rows(listed.format()) + " from stdin");
        boolean ended = false;
        try {
            for (int i = 0; i < most && faults.length() < FAULTS_AT; i++) {
                CsvRecord record = file.next();
                if (record == null) {
                    ended = true;
                    break;
                }
                rowStager.stage(record, rows, faults);
                if (rows.length() >= SENT_AT) {
                    copy.writeToCopy(rows.bytes(), 0, rows.length());
                    rows.clear();
                }
            }
            copy.writeToCopy(rows.bytes(), 0, rows.length());
            rows.clear();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        return ended;
    }

    private void copyFaults(Handle handle) throws SQLException {
        if (faults.length() == 0) {
            return;
        }
        CopyIn copy = manager(handle).copyIn("copy " + stage.faults() + " from stdin");
        try {
            copy.writeToCopy(faults.bytes(), 0, faults.length());
            faults.clear();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private Read end(CsvFile file, RowStager rowStager) {
        if (file.rows() != listed.rows()) {
            throw new RefusedException(
                    "ROW_COUNT_MISMATCH",
                    listed.format().name(),
                    null,
                    null,
                    String.format(Locale.ROOT, "%d dans le fichier, %d dans le manifeste", file.rows(), listed.rows()));
        }
        return new Read(
                listed.format(),
                file.rows(),
                rowStager.warned() + file.unknownColumns().size(),
                rowStager.unreadableKeys(),
                file.columns().stream().map(column -> column.name()).toList(),
                rowStager.firstDay().orElse(null),
                rowStager.lastDay().orElse(null));
    }

    private static CopyManager manager(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    @Override
    public void close() throws IOException {
        if (csv != null) {
            csv.close();
        }
    }
}
