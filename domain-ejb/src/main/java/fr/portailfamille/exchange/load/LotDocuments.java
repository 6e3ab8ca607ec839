package fr.portailfamille.exchange.load;

import fr.portailfamille.billing.InvoiceFiles;
import fr.portailfamille.exchange.format.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a lot, stored piece by piece before its rows are checked. Only PDFs are; a table of staging says which
 * name is which document, and which is none. Contents that the town has already are not stored again.
 */
public final class LotDocuments {

    private static final long BYTES_AT_ONCE = 16L << 20;
    private static final int FILES_AT_ONCE = 500;

    private final ZipFile zip;
    private final Stage stage;
    private final Iterator<? extends ZipEntry> entries;

    LotDocuments(ZipFile zip, Stage stage) {
        this.zip = zip;
        this.stage = stage;
        this.entries = Documents.of(zip).iterator();
    }

    /** Stores some more; false when these were the last. */
    public boolean storeNext(Handle handle, InvoiceFiles documents) {
        long bytes = 0;
        for (int files = 0; files < FILES_AT_ONCE && bytes < BYTES_AT_ONCE && entries.hasNext(); files++) {
            ZipEntry entry = entries.next();
            bytes += entry.getSize();
            handle.createUpdate("insert into " + stage.documents() + " values (:name, :document)")
                    .bind("name", Documents.withoutFolder(entry.getName()))
                    .bind("document", stored(entry, documents))
                    .execute();
            ImportPlaces.reached(ImportPlaces.MID_DOCUMENTS, stage.flow());
        }
        return entries.hasNext();
    }

    /** Read twice rather than held: first its hash, then, if it is new, its bytes. */
    private @Nullable Long stored(ZipEntry entry, InvoiceFiles documents) {
        try {
            if (!Documents.isPdf(zip, entry)) {
                return null;
            }
            String sha256 = sha256(entry);
            Optional<Long> known = documents.find(sha256, stage.run());
            if (known.isPresent()) {
                return known.get();
            }
            try (InputStream content = zip.getInputStream(entry)) {
                return documents.store(content, stage.run());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sha256(ZipEntry entry) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
                digest.update(buffer, 0, got);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
