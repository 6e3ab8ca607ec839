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
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A file of a lot being read: remembers the row it has come to between one piece and the next, each of which is staged in a
 * transaction of its own. Memory does not grow with the file. Not for several threads.
 */
public final class FileContent implements Closeable {

    static final int SENT_AT = 1 << 17;
    private static final int FAULTS_AT = 1 << 20;

    private final ZipFile zip;
    private final LotContent.Listed listed;
    private final int longestField;
    private final Sealing sealing;
    private final Stage stage;
    private final TownVault vault;
    private final String faultPlace;
    private final LongConsumer rowsRead;
    private final CopyText rows = new CopyText();
    private final CopyText faults = new CopyText();
    private @Nullable CsvFile csv;
    private @Nullable RowStager stager;

    /** When secrets are encrypted. */
    public enum Sealing {
        /** While they are read. */
        AT_ONCE,
        /** When it is known which rows are new or changed; the others' need not be. */
        LATE
    }

    /** @param rowsRead is told how many more rows each piece had */
    FileContent(
            ZipFile zip,
            LotContent.Listed listed,
            int longestField,
            Sealing sealing,
            Stage stage,
            TownVault vault,
            String faultPlace,
            LongConsumer rowsRead) {
        this.zip = zip;
        this.listed = listed;
        this.longestField = longestField;
        this.sealing = sealing;
        this.stage = stage;
        this.vault = vault;
        this.faultPlace = faultPlace;
        this.rowsRead = rowsRead;
    }

    /**
     * What there was to be read.
     *
     * @param keysDiffer whether no key is there twice; null where that is not known
     */
    public record Read(
            FileFormat format,
            long rows,
            long warned,
            boolean unreadableKeys,
            @Nullable Boolean keysDiffer,
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
                rowStager = new RowStager(
                        listed.format(), file, vault, sealing, new Erased(handle, town, vault), faultPlace);
                stage.createRows(handle, listed.format(), file.columns());
                for (String unknown : file.unknownColumns()) {
                    rowStager.unknownColumn(faults, unknown);
                }
                csv = file;
                stager = rowStager;
            }
            return stagePiece(handle, file, rowStager, most) ? end(file, rowStager) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Staging of " + listed.format().name() + " failed", e);
        }
    }

    /** As the manifest says. */
    long rows() {
        return listed.rows();
    }

    /** Encrypts the secrets of staged rows that were left out: of these lines. */
    void sealLate(Handle handle, BitSet lines) {
        try (CsvFile again = open()) {
            new LateSecrets(stage, listed.format(), vault).seal(handle, again, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Secrets of " + listed.format().name() + " could not be staged", e);
        }
    }

    private CsvFile open() throws IOException {
        ZipEntry entry = zip.getEntry(listed.format().name());
        if (entry == null) {
            throw new RefusedException("MISSING_FILE", listed.format().name(), null, null, null);
        }
        return new CsvFile(listed.format(), new BufferedInputStream(zip.getInputStream(entry), 1 << 16), longestField);
    }

    /** True when there is nothing left to read. */
    private boolean stagePiece(Handle handle, CsvFile file, RowStager rowStager, int most) throws SQLException {
        long before = file.rows();
        boolean ended = copy(handle, stage.rows(listed.format()), out -> sendRows(out, file, rowStager, most));
        if (faults.length() > 0) {
            copy(handle, stage.faultsRead(), out -> send(out, faults));
        }
        rowsRead.accept(file.rows() - before);
        return ended;
    }

    private boolean sendRows(CopyIn out, CsvFile file, RowStager rowStager, int most) throws SQLException {
        for (int i = 0; i < most && faults.length() < FAULTS_AT; i++) {
            CsvRecord record = file.nextOf(listed.rows());
            if (record == null) {
                return send(out, rows);
            }
            rowStager.stage(record, rows, faults);
            if (rows.length() >= SENT_AT) {
                send(out, rows);
            }
        }
        send(out, rows);
        return false;
    }

    /** True: all of it was sent. */
    static boolean send(CopyIn out, CopyText text) throws SQLException {
        out.writeToCopy(text.bytes(), 0, text.length());
        text.clear();
        return true;
    }

    interface Filling {

        /** Whether nothing is left to be sent. */
        boolean fill(CopyIn out) throws SQLException;
    }

    static boolean copy(Handle handle, String table, Filling filling) throws SQLException {
        CopyIn out =
                handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        try {
            boolean all = filling.fill(out);
            out.endCopy();
            return all;
        } finally {
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }

    private Read end(CsvFile file, RowStager rowStager) {
        return new Read(
                listed.format(),
                file.rows(),
                rowStager.warned() + file.unknownColumns().size(),
                rowStager.unreadableKeys(),
                rowStager.keysDiffer(),
                file.columns().stream().map(column -> column.name()).toList(),
                rowStager.firstDay().orElse(null),
                rowStager.lastDay().orElse(null));
    }

    @Override
    public void close() throws IOException {
        if (csv != null) {
            csv.close();
        }
    }
}
