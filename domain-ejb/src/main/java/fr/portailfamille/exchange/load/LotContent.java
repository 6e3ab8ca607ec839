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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * A lot being read: remembers the file and row it has come to between one piece and the next, each of which is staged in
 * a transaction of its own. Memory does not grow with the lot. Not for several threads.
 */
public final class LotContent implements Closeable {

    private static final int SENT_AT = 1 << 17;
    private static final int FAULTS_AT = 1 << 20;

    /** A file of the manifest and the rows it is said to have. */
    public record Listed(FileFormat format, long rows) {}

    private final ZipFile zip;
    private final List<Listed> files;
    private final Stage stage;
    private final TownVault vault;
    private final String faultPlace;
    private final long allRows;
    private final CopyText rows = new CopyText();
    private final CopyText faults = new CopyText();
    private int at;
    private long done;
    private @Nullable CsvFile csv;
    private @Nullable RowStager stager;

    public LotContent(ZipFile zip, List<Listed> files, Stage stage, TownVault vault, String faultPlace) {
        this.zip = zip;
        this.files = List.copyOf(files);
        this.stage = stage;
        this.vault = vault;
        this.faultPlace = faultPlace;
        this.allRows = Math.max(1, files.stream().mapToLong(Listed::rows).sum());
    }

    /** Between 0 and 100. */
    public int progress() {
        return (int) Math.min(100, 100 * rows() / allRows);
    }

    /** Rows read so far. */
    public long rows() {
        return done + (csv == null ? 0 : csv.rows());
    }

    /** In the order in which they are read. */
    public List<FileFormat> formats() {
        return files.stream().map(Listed::format).toList();
    }

    /** As the manifest says. */
    public long allRows() {
        return allRows;
    }

    /** What one piece of staging has come to. */
    public record Piece(boolean last, @Nullable FileRead ended) {}

    /** A file that was read to its end. */
    public record FileRead(
            FileFormat format,
            long rows,
            long warned,
            boolean unreadableKeys,
            List<String> columns,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay) {}

    public void start(Handle handle) {
        stage.createFaults(handle);
        stage.createDocuments(handle);
    }

    /** Stages up to so many rows of one file. Must not be called again once the last piece was given. */
    public Piece stageNext(Handle handle, int town, int most) {
        if (at == files.size()) {
            return new Piece(true, null);
        }
        Listed listed = files.get(at);
        try {
            CsvFile file = csv;
            RowStager rowStager = stager;
            if (file == null || rowStager == null) {
                file = open(listed);
                rowStager = new RowStager(listed.format(), file, vault, new Erased(handle, town, vault), faultPlace);
                stage.createRows(handle, listed.format(), file.columns());
                for (String unknown : file.unknownColumns()) {
                    rowStager.unknownColumn(faults, unknown);
                }
                csv = file;
                stager = rowStager;
            }
            boolean ended = copyRows(handle, listed, file, rowStager, most);
            copyFaults(handle);
            return ended ? end(listed, file, rowStager) : new Piece(false, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Staging of " + listed.format().name() + " failed", e);
        }
    }

    public LotDocuments documents() {
        return new LotDocuments(zip, stage);
    }

    private CsvFile open(Listed listed) throws IOException {
        ZipEntry entry = zip.getEntry(listed.format().name());
        if (entry == null) {
            throw new RefusedException("MISSING_FILE", listed.format().name(), null, null, null);
        }
        return new CsvFile(listed.format(), new BufferedInputStream(zip.getInputStream(entry), 1 << 16));
    }

    private boolean copyRows(Handle handle, Listed listed, CsvFile file, RowStager rowStager, int most)
            throws SQLException {
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

    private Piece end(Listed listed, CsvFile file, RowStager rowStager) throws IOException {
        if (file.rows() != listed.rows()) {
            throw new RefusedException(
                    "ROW_COUNT_MISMATCH",
                    listed.format().name(),
                    null,
                    null,
                    String.format(Locale.ROOT, "%d dans le fichier, %d dans le manifeste", file.rows(), listed.rows()));
        }
        FileRead read = new FileRead(
                listed.format(),
                file.rows(),
                rowStager.warned() + file.unknownColumns().size(),
                rowStager.unreadableKeys(),
                file.columns().stream().map(column -> column.name()).toList(),
                rowStager.firstDay().orElse(null),
                rowStager.lastDay().orElse(null));
        done += file.rows();
        file.close();
        csv = null;
        stager = null;
        at++;
        return new Piece(at == files.size(), read);
    }

    private static CopyManager manager(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    @Override
    public void close() throws IOException {
        try {
            if (csv != null) {
                csv.close();
            }
        } finally {
            zip.close();
        }
    }
}
