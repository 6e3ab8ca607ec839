package fr.portailfamille.billing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.TestTown;
import fr.portailfamille.booking.TestTown.Parent;
import fr.portailfamille.notice.BoundTransaction;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PDF comes out as it went in, for the family it is of and for nobody else. */
@Tag("container")
@Tag("X5")
@ExtendWith(ArquillianExtension.class)
class InvoiceDocumentsIT {

    private static final long RUN = 7;

    @EJB
    private InvoiceDocuments documents;

    @Inject
    private InvoiceFiles files;

    @Resource
    private UserTransaction transaction;

    @Resource
    private TransactionSynchronizationRegistry registry;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private TestTown town;
    private long family;
    private Parent parent;

    @BeforeEach
    void open() throws Exception {
        town = TestTown.open(owner);
        family = town.family();
        parent = town.parent(family);
    }

    @Test
    void a_pdf_of_several_pieces_comes_out_as_it_went_in() throws Exception {
        byte[] content = content((5 << 20) / 2);
        invoice(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(parent.caller().call(() -> documents.write("FA1", out))).isTrue();
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void another_family_and_another_town_get_nothing() throws Exception {
        invoice(content(100));
        Parent stranger = town.parent(town.family());
        TestTown elsewhere = TestTown.open(owner);
        Parent abroad = elsewhere.parent(elsewhere.family());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(stranger.caller().call(() -> documents.write("FA1", out))).isFalse();
        assertThat(abroad.caller().call(() -> documents.write("FA1", out))).isFalse();
        assertThat(parent.caller().call(() -> documents.write("FA2", out))).isFalse();
        assertThat(out.size()).isZero();
    }

    @Test
    void what_no_merge_keeps_is_gone_with_its_pieces() throws Exception {
        inTown(() -> files.store(new ByteArrayInputStream(content(100)), RUN));
        inTown(() -> files.forget(RUN + 1));
        assertThat(town.number("select count(*) from document_chunk where town_id = ?"))
                .isOne();
        inTown(() -> files.forget(RUN));
        assertThat(town.number("select count(*) from document_chunk where town_id = ?"))
                .isZero();
        assertThat(town.number("select count(*) from stored_document where town_id = ?"))
                .isZero();
    }

    private void invoice(byte[] content) throws Exception {
        long[] document = new long[1];
        inTown(() -> {
            document[0] = files.store(new ByteArrayInputStream(content), RUN);
            files.keep(RUN, Long.toString(document[0]));
        });
        town.write("insert into regie (town_id, id, ref, name, issuer) values (?, 1, 'RC', 'Régie', '400')");
        town.write(
                "insert into invoice (town_id, id, ref, number, family_id, regie_id, issued_on, due_on, deposited_on, amount, remaining,"
                        + " payable_online, status, document, document_id) values (?, 1, 'FA1', '1', ?, 1, '2026-10-05', '2026-11-05',"
                        + " '2026-10-06', 100, 0, false, 'ISSUED', 'FA1.pdf', ?)",
                family,
                document[0]);
    }

    private void inTown(BoundTransaction.Act act) throws Exception {
        new BoundTransaction(transaction, registry, portal, town.id()).commit(act);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(26).nextBytes(content);
        return content;
    }
}
