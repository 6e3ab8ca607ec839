package fr.portailfamille.exchange;

import static fr.portailfamille.exchange.BilledTown.ALLOCATIONS;
import static fr.portailfamille.exchange.BilledTown.INVOICES;
import static fr.portailfamille.exchange.BilledTown.PAYMENTS;
import static fr.portailfamille.exchange.BilledTown.counts;
import static fr.portailfamille.exchange.BilledTown.invoice;
import static fr.portailfamille.exchange.BilledTown.payment;
import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.TestClock;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Random;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Invoices, payments and what they are about, as the business application sends them. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X5")
class BillingIT {

    private static final String LINES = "invoice_ref,line,label,individual_ref,activity_ref,quantity,unit_price,amount";
    private static final String ADJUSTMENTS =
            "entry_ref,family_ref,regie_ref,date,description,credit,debit,invoice_ref";

    private static final byte[] PDF = "%PDF-1.4 facture".getBytes(StandardCharsets.US_ASCII);

    private final BilledTown town;

    BillingIT() throws SQLException {
        town = new BilledTown();
    }

    private String lines(String invoice) throws SQLException {
        return town.value(
                "select string_agg(l.line_no || ' ' || l.amount, ', ' order by l.line_no) from app.invoice_line l"
                        + " join app.invoice i on (i.town_id, i.id) = (l.town_id, l.invoice_id) where l.town_id = :town and i.ref = '"
                        + invoice + "' and l.archived_at is null");
    }

    private JsonObject two() {
        return town.apply(town.lot("full")
                .file(
                        "invoices.csv",
                        INVOICES,
                        invoice("FA1", "2026-10-05", "57.55", "20.00"),
                        invoice("FA2", "2026-11-05", "-8.5", "0"))
                .file(
                        "invoice_lines.csv",
                        LINES,
                        "FA1,1,Restauration 10/2026,I1,CANT,6,2.10,12.60",
                        "FA1,2,Restauration 10/2026,,,1.5,29.97,44.95",
                        "FA2,1,Avoir,I1,,,,-8.50")
                .file("payments.csv", PAYMENTS, payment("RG1", "2026-10-28", "40.00", "37.55"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,37.55")
                .file("adjustments.csv", ADJUSTMENTS, "OP1,F1,RC,2026-11-01,Remise,,5.00,FA1"));
    }

    @Test
    void everything_comes_in_as_cents_and_again_it_changes_nothing() throws SQLException {
        JsonObject state = two();
        assertThat(state.getJsonObject("rows").getInt("created")).isEqualTo(8);
        assertThat(town.value(
                        "select string_agg(ref || ' ' || amount || ' ' || remaining || ' ' || payment_reference, ', '"
                                + " order by ref) from app.invoice where town_id = :town"))
                .isEqualTo("FA1 5755 2000 2026FA1, FA2 -850 0 2026FA2");
        assertThat(lines("FA1")).isEqualTo("1 1260, 2 4495");
        assertThat(
                        town.value(
                                "select quantity || ' ' || unit_price from app.invoice_line where town_id = :town and line_no = 2"))
                .isEqualTo("1.50 2997");
        assertThat(town.value(
                        "select concat_ws(' ', entry_date, credit, debit) from app.ledger_entry where town_id = :town"))
                .isEqualTo("2026-11-01 500");
        String rows =
                town.value("select string_agg(xmin::text, ',' order by ref) from app.invoice where town_id = :town");
        JsonObject again = two();
        assertThat(again.getJsonObject("rows").getInt("unchanged")).isEqualTo(8);
        assertThat(again.getJsonObject("rows").getInt("archived")).isZero();
        assertThat(town.value("select string_agg(xmin::text, ',' order by ref) from app.invoice where town_id = :town"))
                .isEqualTo(rows);
    }

    @Test
    void what_a_payment_leaves_open_follows_from_its_first_invoice_its_family_and_the_day() throws SQLException {
        two();
        assertThat(town.value(
                        "select concat_ws('|', r.ref, p.context, p.nature, p.payer) from app.payment p join app.regie r"
                                + " on (r.town_id, r.id) = (p.town_id, p.regie_id) where p.town_id = :town"))
                .isEqualTo("RC|Restauration|Enfance|ROUSSEL Inès");
        String today = TestClock.today().toString();
        assertThat(town.value(
                        "select string_agg(deposited_on::text, ',') from (select deposited_on from app.payment where town_id = :town"
                                + " union select deposited_on from app.invoice where town_id = :town) d"))
                .isEqualTo(today);

        town.apply(town.lot("delta")
                .file(
                        "payments.csv",
                        PAYMENTS + ",payer,context,deposited_on",
                        payment("RG1", "2026-10-28", "40.00", "37.55") + ",Mamie,Crèche,2026-10-30"));
        assertThat(
                        town.value(
                                "select concat_ws('|', context, nature, payer, deposited_on) from app.payment where town_id = :town"))
                .isEqualTo("Crèche|Enfance|Mamie|2026-10-30");
    }

    @Test
    void a_lot_that_names_an_invoice_replaces_its_lines_and_no_others() throws SQLException {
        two();
        JsonObject state = town.apply(town.lot("delta")
                .file("invoice_lines.csv", LINES, "FA1,2,Restauration,,,,,44.95", "FA1,3,Péri,,,,,2.00"));
        assertThat(counts(state, "invoice_lines.csv"))
                .isEqualTo("1 created, 1 changed, 0 unchanged, 1 archived, 0 rejected");
        assertThat(lines("FA1")).isEqualTo("2 4495, 3 200");
        assertThat(lines("FA2")).isEqualTo("1 -850");
        town.apply(town.lot("delta")
                .file("invoices.csv", INVOICES, invoice("FA2", "2026-11-05", "-8.50", "0"))
                .file("invoice_lines.csv", LINES, "FA1,2,Restauration,,,,,44.95"));
        assertThat(lines("FA2")).as("named, and the file has no line of it").isEmpty();
        town.apply(town.lot("delta").file("invoices.csv", INVOICES, invoice("FA1", "2026-10-05", "57.55", "0")));
        assertThat(lines("FA1"))
                .as("a file that is not listed leaves its table alone")
                .isEqualTo("2 4495");
    }

    @Test
    void a_full_lot_archives_what_it_lacks_of_its_days_only() throws SQLException {
        two();
        JsonObject state = town.apply(town.lot("full")
                .file("invoices.csv", INVOICES, invoice("FA3", "2026-11-05", "10.00", "10.00"))
                .file("payments.csv", PAYMENTS, payment("RG2", "2026-10-01", "10.00", "0.00")));
        assertThat(counts(state, "invoices.csv"))
                .isEqualTo("1 created, 0 changed, 0 unchanged, 1 archived, 0 rejected");
        assertThat(counts(state, "payments.csv"))
                .isEqualTo("1 created, 0 changed, 0 unchanged, 0 archived, 0 rejected");
        assertThat(
                        town.value(
                                "select string_agg(ref, ',' order by ref) from app.invoice where town_id = :town and archived_at is null"))
                .isEqualTo("FA1,FA3");
        town.apply(town.lot("full")
                .manifest(text ->
                        text.replace("\"files\"", "\"from\": \"2026-10-01\", \"to\": \"2026-10-31\", \"files\""))
                .file("invoices.csv", INVOICES, invoice("FA3", "2026-11-05", "10.00", "10.00")));
        assertThat(
                        town.value(
                                "select string_agg(ref, ',' order by ref) from app.invoice where town_id = :town and archived_at is null"))
                .isEqualTo("FA3");
    }

    @Test
    void bad_rows_and_those_that_hang_on_them_are_rejected_with_reasons() {
        JsonObject state = town.apply(town.lot("full")
                .file(
                        "invoices.csv",
                        INVOICES,
                        invoice("FA1", "2026-10-05", "57.555", "0"),
                        invoice("FA2", "2026-10-05", "10.00", "0").replace(",F1,", ",F9,"),
                        invoice("FA3", "2026-10-05", "10.00", "0"),
                        invoice("FA3", "2026-10-05", "11.00", "0"),
                        invoice("FA4", "2026-10-05", "10.00", "0").replace("issued", "lost"),
                        invoice("FA5", "2026-10-05", "10.00", "0"))
                .file(
                        "invoice_lines.csv",
                        LINES,
                        "FA1,1,Repas,,,,,57.55",
                        "FA5,1,Repas,I9,,,,10.00",
                        "FA5,x,Repas,,,,,1")
                .file("payments.csv", PAYMENTS, payment("RG1", "2026-10-28", "10.00", "10.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,1.00", "RG1,FA5,1.00", "RG9,FA5,1.00")
                .file("adjustments.csv", ADJUSTMENTS, "OP1,F1,RC,2026-11-01,Remise,,,"));
        assertThat(counts(state, "invoices.csv"))
                .isEqualTo("1 created, 0 changed, 0 unchanged, 0 archived, 5 rejected");
        assertThat(counts(state, "invoice_lines.csv"))
                .isEqualTo("0 created, 0 changed, 0 unchanged, 0 archived, 3 rejected");
        assertThat(counts(state, "allocations.csv"))
                .isEqualTo("1 created, 0 changed, 0 unchanged, 0 archived, 2 rejected");
        assertThat(town.rejects(state))
                .contains("BAD_NUMBER", "UNKNOWN_REFERENCE", "DUPLICATE_KEY", "BAD_VALUE", "PARENT_REJECTED")
                .contains("ni crédit ni débit");
    }

    @Test
    void the_pdf_of_an_invoice_is_kept_once_encrypted_and_a_wrong_one_rejects_its_row() throws SQLException {
        String header = INVOICES + ",document";
        byte[] large = new byte[(2 << 20) + 17];
        new Random(26).nextBytes(large);
        System.arraycopy(PDF, 0, large, 0, PDF.length);
        JsonObject state = town.apply(town.lot("delta")
                .file(
                        "invoices.csv",
                        header,
                        invoice("FA1", "2026-10-05", "1.00", "0") + ",FA1.pdf",
                        invoice("FA2", "2026-10-05", "1.00", "0") + ",documents/FA2.pdf",
                        invoice("FA3", "2026-10-05", "1.00", "0") + ",FA3.pdf",
                        invoice("FA4", "2026-10-05", "1.00", "0") + ",perdu.pdf",
                        invoice("FA5", "2026-10-05", "1.00", "0") + ",")
                .document("FA1.pdf", large)
                .document("FA2.pdf", PDF)
                .document("FA3.pdf", "<html>".getBytes(StandardCharsets.US_ASCII))
                .document("personne.pdf", "%PDF-1.4 que personne ne nomme".getBytes(StandardCharsets.US_ASCII)));
        assertThat(counts(state, "invoices.csv"))
                .isEqualTo("3 created, 0 changed, 0 unchanged, 0 archived, 2 rejected");
        assertThat(town.rejects(state)).contains("ce n'est pas un PDF", "il n'est pas dans le lot");
        assertThat(town.value(
                        "select string_agg(d.size || '/' || (select count(*) from app.document_chunk c where (c.town_id, c.document_id) ="
                                + " (d.town_id, d.id)), ', ' order by i.ref) from app.invoice i join app.stored_document d"
                                + " on (d.town_id, d.id) = (i.town_id, i.document_id) where i.town_id = :town"))
                .isEqualTo(large.length + "/3, " + PDF.length + "/1");
        assertThat(stored()).as("what nobody names is not kept").isEqualTo("2");
        assertThat(town.value("select count(*) from app.document_chunk where town_id = :town"
                        + " and position('%PDF'::bytea in bytes) > 0"))
                .isEqualTo("0");

        JsonObject again = town.apply(town.lot("delta")
                .file(
                        "invoices.csv",
                        header,
                        invoice("FA1", "2026-10-05", "1.00", "0") + ",FA1.pdf",
                        invoice("FA2", "2026-10-05", "1.00", "0") + ",documents/FA2.pdf")
                .document("FA1.pdf", large));
        assertThat(counts(again, "invoices.csv"))
                .isEqualTo("0 created, 0 changed, 2 unchanged, 0 archived, 0 rejected");
        assertThat(stored()).isEqualTo("2");

        JsonObject corrected = town.apply(town.lot("delta")
                .file("invoices.csv", header, invoice("FA2", "2026-10-05", "1.00", "0") + ",documents/FA2.pdf")
                .document("FA2.pdf", "%PDF-1.4 corrigée".getBytes(StandardCharsets.UTF_8)));
        assertThat(counts(corrected, "invoices.csv"))
                .isEqualTo("0 created, 1 changed, 0 unchanged, 0 archived, 0 rejected");
    }

    private String stored() throws SQLException {
        return town.value("select count(*) from app.stored_document where town_id = :town");
    }

    @Test
    void a_lot_that_comes_to_nothing_leaves_no_document() throws SQLException {
        TestLot refused = town.lot("delta")
                .file("invoices.csv", INVOICES + ",document", invoice("FA1", "2026-10-05", "1.00", "0") + ",FA1.pdf")
                .document("FA1.pdf", PDF)
                .manifest(text -> text.replace("\"rows\": 1", "\"rows\": 2"));
        assertThat(town.vendor.apply(refused).getString("state")).isEqualTo("REFUSED");
        assertThat(stored()).isEqualTo("0");
        String[] rows = new String[14];
        rows[0] = INVOICES + ",document";
        for (int i = 1; i < rows.length; i++) {
            rows[i] = invoice("FA" + i, "2026-10-05", "1.00", "0") + (i == 1 ? ",FA1.pdf" : ",perdu.pdf");
        }
        town.reuseSequence();
        JsonObject held =
                town.vendor.apply(town.lot("delta").file("invoices.csv", rows).document("FA1.pdf", PDF));
        assertThat(held.getString("state")).isEqualTo("GUARD");
        assertThat(stored()).isEqualTo("0");
    }

    @Test
    void another_town_sees_nothing_of_it_and_the_run_shows_under_its_type() throws SQLException {
        RequestedTown other = new RequestedTown();
        two();
        assertThat(other.value("select count(*) from app.invoice where town_id = :town"))
                .isEqualTo("0");
        JsonObject state = other.vendor.apply(
                TestLot.delta(other.vendor.town(), "billing", 1).file("allocations.csv", ALLOCATIONS, "RG1,FA1,1.00"));
        assertThat(counts(state, "allocations.csv"))
                .isEqualTo("0 created, 0 changed, 0 unchanged, 0 archived, 1 rejected");
        assertThat(
                        town.value(
                                "select string_agg(distinct type, ',') from app.processing_run where town_id = :town and type like '%BILL%'"))
                .isEqualTo("IMPORT_BILLING");
    }

    /** Deleting what is referred to looks for what refers to it. */
    @Test
    void what_refers_to_a_stored_document_is_found_without_reading_a_whole_table() throws SQLException {
        assertThat(town.value("""
                        select string_agg(c.conrelid::regclass || ' ' || c.conname, ', ') from pg_constraint c
                         where c.contype = 'f' and c.conparentid = 0
                           and c.confrelid in ('app.stored_document'::regclass, 'app.invoice_document'::regclass)
                           and not exists (select from pg_index i where i.indrelid = c.conrelid
                                              and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)
                        """)).isEmpty();
    }
}
