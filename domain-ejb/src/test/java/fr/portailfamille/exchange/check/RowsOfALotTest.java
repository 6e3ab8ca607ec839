package fr.portailfamille.exchange.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import fr.portailfamille.exchange.LotZip;
import fr.portailfamille.exchange.check.LotVerdict.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What rows and files of one lot say of each other, known before it is sent. */
class RowsOfALotTest extends LotCheckCase {

    private static final String INVOICES =
            "invoice_ref,number,family_ref,regie_ref,issued_on,due_on,amount,remaining,payable_online,status,document\n";
    private static final String PAYMENTS =
            "payment_ref,number,family_ref,paid_on,mode,description,collected,allocated,online\n";

    @Test
    void bookings_of_one_day_that_differ_in_any_column_are_all_rejected() throws IOException {
        LotVerdict verdict = check(LotZip.of("bookings")
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state,family_ref,archived\n"
                                + "I1,S1,2027-01-04,booked,F1,0\nI1,S1,2027-01-04,booked,F2,0\n"
                                + "I1,S1,2027-01-05,booked,F1,0\nI1,S1,2027-01-05,booked,F1,1\n"
                                + "I1,S1,2027-01-06,booked,F1,0\nI1,S1,2027-01-06,booked,F1,\n"
                                + "I1,S1,2027-01-07,booked,F1,0\nI1,S1,2027-01-07,peut-être,F1,0\n"));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "bookings.csv:2:individual_ref DUPLICATE_KEY",
                        "bookings.csv:3:individual_ref DUPLICATE_KEY",
                        "bookings.csv:4:individual_ref DUPLICATE_KEY",
                        "bookings.csv:5:individual_ref DUPLICATE_KEY",
                        "bookings.csv:8:individual_ref DUPLICATE_KEY",
                        "bookings.csv:9:state BAD_VALUE");
        assertThat(verdict.files()).containsExactly(new FileTally("bookings.csv", 8, 6, 0, 21));
    }

    @Test
    void a_bad_row_makes_its_twin_as_doubtful_in_files_with_keys_of_several_columns() throws IOException {
        check(LotZip.of("individuals")
                .file("memberships.csv", "family_ref,individual_ref,role\nF1,I1,child\nF1,I1,ami\nF1,I2,child\n"));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "memberships.csv:3:role BAD_VALUE", "memberships.csv:2:family_ref DUPLICATE_KEY");
    }

    @Test
    void a_row_that_depends_on_two_rejected_ones_is_told_of_the_first_of_its_columns() throws IOException {
        LotVerdict verdict = check(LotZip.of("individuals")
                .file("families.csv", "family_ref,account_code,name\nF1,,ROUSSEL\n")
                .file("individuals.csv", "individual_ref,last_name,first_name\nI1,,Ève\n")
                .file("memberships.csv", "individual_ref,family_ref,role\nI1,F1,child\n"));

        assertThat(told())
                .containsExactly(
                        "families.csv:2:account_code MISSING",
                        "individuals.csv:2:last_name MISSING",
                        "memberships.csv:2:individual_ref PARENT_REJECTED");
        assertThat(verdict.files().get(2).rejected()).isOne();
    }

    @Test
    void of_a_row_whose_references_are_bad_nothing_else_is_told() throws IOException {
        check(LotZip.of("reference")
                .file("activities.csv", "activity_ref,name,kind,decision\nMERJ,,wednesday,automatic\n")
                .file("incompatibilities.csv", "activity_ref,excluded_activity_ref\nMERJ,MERJ\nMERM,MERM\n"));

        assertThat(told())
                .containsExactly(
                        "activities.csv:2:name MISSING",
                        "incompatibilities.csv:2:activity_ref PARENT_REJECTED",
                        "incompatibilities.csv:3:excluded_activity_ref BAD_VALUE");
    }

    @Test
    void a_document_of_the_lot_that_is_no_pdf_rejects_the_invoices_that_name_it() throws IOException {
        check(LotZip.of("billing")
                .file(
                        "invoices.csv",
                        INVOICES
                                + invoice("FA1", "note.txt")
                                + invoice("FA2", "documents/note.txt")
                                + invoice("FA3", "facture.pdf")
                                + invoice("FA4", "recue-avant.pdf")
                                + invoice("FA5", ""))
                .document("note.txt", "Bonjour")
                .document("facture.pdf", "%PDF-1.4"));

        assertThat(told())
                .as("one that is not in the lot may have been received before")
                .containsExactly("invoices.csv:2:document BAD_DOCUMENT", "invoices.csv:3:document BAD_DOCUMENT");
        assertThat(findings.get(0).reason()).contains("ce n'est pas un PDF");
        assertThat(findings.get(0).value()).isEqualTo("note.txt");
    }

    @Test
    void an_operation_has_a_credit_or_a_debit() throws IOException {
        String columns = "entry_ref,family_ref,regie_ref,date,description,credit";
        check(LotZip.of("billing")
                .file(
                        "adjustments.csv",
                        columns + ",debit\nOP1,F1,RC,2026-10-05,Avoir,,\nOP2,F1,RC,2026-10-05,Avoir,,2.00\n"
                                + "OP3,F1,RC,2026-10-05,Avoir,0,\nOP4,F1,RC,2026-10-05,Avoir,,\n"
                                + "OP4,F1,RC,2026-10-05,Avoir,3.00,\n"));
        assertThat(told())
                .containsExactly(
                        "adjustments.csv:2:credit MISSING",
                        "adjustments.csv:5:credit MISSING",
                        "adjustments.csv:6:entry_ref DUPLICATE_KEY");

        findings.clear();
        check(LotZip.of("billing").file("adjustments.csv", columns + "\nOP1,F1,RC,2026-10-05,Avoir,\n"));
        assertThat(told()).as("a debit may be stored").isEmpty();
    }

    @Test
    void of_a_payment_no_more_is_allocated_than_was_collected() throws IOException {
        LotVerdict verdict = check(LotZip.of("billing")
                .file(
                        "payments.csv",
                        PAYMENTS
                                + payment("RG1", "100.00", "0")
                                + payment("RG2", "-20.00", "0")
                                + payment("RG3", "10.00", "10.01")
                                + payment("RG4", "10.00", "0")
                                + payment("RG5", "10.00", "0")
                                + payment("RG5", "10.00", "0"))
                .file(
                        "allocations.csv",
                        "payment_ref,invoice_ref,amount,archived\n"
                                + "RG1,FA1,60.00,0\nRG1,FA2,60.00,0\n"
                                + "RG2,FA1,-20.00,0\nRG2,FA2,-0.01,0\n"
                                + "RG3,FA1,1.00,0\n"
                                + "RG4,FA1,10.00,0\nRG4,FA1,10.00,0\nRG4,FA2,5.00,1\n"
                                + "RG5,FA1,20.00,0\nRG5,FA1,5.00,0\nRG5,FA2,10.00,0\n"
                                + "RG9,FA1,1000.00,0\n"));

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "payments.csv:4:allocated BAD_VALUE",
                        "allocations.csv:2:amount BAD_VALUE",
                        "allocations.csv:3:amount BAD_VALUE",
                        "allocations.csv:4:amount BAD_VALUE",
                        "allocations.csv:5:amount BAD_VALUE",
                        "allocations.csv:6:payment_ref PARENT_REJECTED",
                        "allocations.csv:10:payment_ref DUPLICATE_KEY",
                        "allocations.csv:11:payment_ref DUPLICATE_KEY");
        assertThat(verdict.files())
                .extracting(FileTally::file, FileTally::rejected)
                .as("equal rows count once")
                .containsExactly(tuple("payments.csv", 1L), tuple("allocations.csv", 7L));
    }

    @Test
    void a_decision_is_not_archived() throws IOException {
        LotVerdict verdict = check(LotZip.of("decisions")
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,decided_at,archived\n"
                                + "2026-7K3QX9A2MD,1,accepted,2026-11-25T09:00:00+01:00,1\n"
                                + "2026-7K3QX9A2MD,2,accepted,2026-11-25T09:00:00+01:00,0\n"));

        assertThat(told()).containsExactly("decisions.csv:2:archived BAD_VALUE");
        assertThat(findings.get(0).reason()).contains("une décision ne s'archive pas");
        assertThat(verdict.outcome()).isEqualTo(Outcome.WITH_REJECTS);
    }

    private static String invoice(String ref, String document) {
        return ref + ",1,F1,RC,2026-10-05,2026-11-05,30.00,30.00,0,issued," + document + "\n";
    }

    private static String payment(String ref, String collected, String allocated) {
        return ref + ",1,F1,2026-10-28,CHQ,Chèque," + collected + "," + allocated + ",0\n";
    }
}
