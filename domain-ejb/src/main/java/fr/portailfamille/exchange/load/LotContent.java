package fr.portailfamille.exchange.load;

import fr.portailfamille.common.TownVault;
import fr.portailfamille.exchange.format.FileFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipFile;

/** A lot being read: its files, which may be read side by side, and how far they were read together. */
public final class LotContent implements Closeable {

    /** A file of the manifest and the rows it is said to have. */
    public record Listed(FileFormat format, long rows) {}

    private final ZipFile zip;
    private final List<Listed> files;
    private final int longestField;
    private final Stage stage;
    private final TownVault vault;
    private final String faultPlace;
    private final long allRows;
    private final AtomicLong rows = new AtomicLong();

    /** @param longestField characters of a field */
    public LotContent(
            ZipFile zip, List<Listed> files, int longestField, Stage stage, TownVault vault, String faultPlace) {
        this.zip = zip;
        this.files = List.copyOf(files);
        this.longestField = longestField;
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
        return rows.get();
    }

    /** In the order in which they are read. */
    public List<FileFormat> formats() {
        return files.stream().map(Listed::format).toList();
    }

    /** As the manifest says. */
    public long allRows() {
        return allRows;
    }

    public FileContent open(FileFormat format, FileContent.Sealing sealing) {
        Listed listed = files.stream()
                .filter(each -> each.format().equals(format))
                .findFirst()
                .orElseThrow();
        return new FileContent(zip, listed, longestField, sealing, stage, vault, faultPlace, rows::addAndGet);
    }

    public LotDocuments documents() {
        return new LotDocuments(zip, stage);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
