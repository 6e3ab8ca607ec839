package fr.portailfamille.billing;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.document.StoredDocuments;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The PDFs of the caller's invoices: of families it is subscribed to, and of no other. */
@Stateless
@RolesAllowed("CITIZEN")
public class InvoiceDocuments {

    @Resource
    private SessionContext context;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private StoredDocuments documents;

    /** Writes the PDF; false, with nothing written, where there is none and, just so, where it is somebody else's. */
    public boolean write(String invoice, OutputStream out) throws IOException {
        Optional<Long> document = document(invoice);
        if (document.isEmpty()) {
            return false;
        }
        int n = 0;
        for (Optional<byte[]> piece = documents.piece(document.get(), n);
                piece.isPresent();
                piece = documents.piece(document.get(), n)) {
            out.write(piece.get());
            n++;
        }
        return true;
    }

    private Optional<Long> document(String invoice) {
        long account = Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.CITIZEN)
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"))
                .id();
        return database.read(handle -> handle.createQuery("""
                        select i.document_id from invoice i
                         where i.town_id = :town and i.ref = :invoice and i.archived_at is null and i.document_id is not null
                           and i.family_id in (
                               select b.family_id from subscription u
                                 join business_account b on b.town_id = :town and b.id = u.business_account_id
                                  and b.archived_at is null
                                where u.town_id = :town and u.account_id = :account and u.ended_at is null)""")
                .bind("town", town.id())
                .bind("invoice", invoice)
                .bind("account", account)
                .mapTo(Long.class)
                .findOne());
    }
}
