package fr.portailfamille.billing;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.document.StoredDocument;
import fr.portailfamille.document.StoredDocuments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The PDFs of invoices as lots bring them: stored before the lot is merged, kept by its merge, and gone if that never
 * comes. Equal contents are stored once. Everything is of the running transaction's town.
 */
@ApplicationScoped
public class InvoiceFiles {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private StoredDocuments documents;

    /**
     * The document with this content that is kept already, or that this run has stored.
     *
     * @param sha256 of the content, in hexadecimal digits
     */
    public Optional<Long> find(String sha256, long run) {
        return database.read(handle -> handle.createQuery("""
                        select document_id from invoice_document where town_id = :town and sha256 = :sha256
                           and (pending_run is null or pending_run = :run) order by pending_run nulls first limit 1""")
                .bind("town", town.id())
                .bind("sha256", HexFormat.of().parseHex(sha256))
                .bind("run", run)
                .mapTo(Long.class)
                .findOne());
    }

    /** Stores a content that is not there yet, pending until {@link #keep} or {@link #forget}. */
    public long store(InputStream content, long run) throws IOException {
        StoredDocument stored = documents.store(content);
        database.write(handle -> handle.createUpdate(
                        "insert into invoice_document (town_id, document_id, sha256, pending_run) values (:town, :id, :sha256, :run)")
                .bind("town", town.id())
                .bind("id", stored.id())
                .bind("sha256", HexFormat.of().parseHex(stored.sha256()))
                .bind("run", run)
                .execute());
        return stored.id();
    }

    /**
     * The run has merged: those of its documents that invoices refer to are kept, the others are forgotten.
     *
     * @param referred a query of the ids
     */
    public void keep(long run, String referred) {
        database.write(
                handle -> handle.createUpdate("update invoice_document set pending_run = null where town_id = :town"
                                + " and pending_run = :run and document_id in (" + referred + ")")
                        .bind("town", town.id())
                        .bind("run", run)
                        .execute());
        forget(run);
    }

    /** What the run stored and did not keep. */
    public void forget(long run) {
        List<Long> pending = database.read(handle -> handle.createQuery(
                        "select document_id from invoice_document where town_id = :town and pending_run = :run")
                .bind("town", town.id())
                .bind("run", run)
                .mapTo(Long.class)
                .list());
        documents.remove(pending);
    }
}
