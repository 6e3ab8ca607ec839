package fr.portailfamille.exchange.format;

import static fr.portailfamille.exchange.format.ColumnKit.NOTE;
import static fr.portailfamille.exchange.format.ColumnKit.STREET;
import static fr.portailfamille.exchange.format.ColumnKit.byKey;
import static fr.portailfamille.exchange.format.ColumnKit.link;
import static fr.portailfamille.exchange.format.ColumnKit.of;
import static fr.portailfamille.exchange.format.ColumnKit.ref;
import static fr.portailfamille.exchange.format.ColumnKit.text;
import static fr.portailfamille.exchange.format.ColumnKit.word;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.List;

/** Invoices and what was paid of them. */
final class BillingFiles {

    private BillingFiles() {}

    static List<FileFormat> all() {
        return List.of(invoices(), invoiceLines(), payments(), allocations(), adjustments());
    }

    private static FileFormat invoices() {
        return byRef(
                "invoices.csv",
                "invoice",
                Trait.INVOICES,
                ref("invoice_ref"),
                text("number").must(),
                family(),
                link("regie_ref", "regies.csv", "regie_id").must(),
                text("context"),
                text("nature"),
                of("issued_on", Kind.DATE).must(),
                of("due_on", Kind.DATE).must(),
                of("payable_until", Kind.DATE),
                of("deposited_on", Kind.DATE).into("given_deposited_on"),
                of("amount", Kind.CENTS).must(),
                of("remaining", Kind.CENTS).must(),
                of("payable_online", Kind.BOOL).must(),
                text("emission_code"),
                text("payment_reference"),
                word("status", "issued", "cancelled").must(),
                text("document").upTo(STREET));
    }

    private static FileFormat invoiceLines() {
        return byKey(
                "invoice_lines.csv",
                "invoice_line",
                Trait.INVOICE_LINES,
                2,
                link("invoice_ref", "invoices.csv", "invoice_id").must(),
                of("line", Kind.COUNT).into("line_no").must(),
                text("label").upTo(NOTE).must(),
                link("individual_ref", "individuals.csv", "individual_id"),
                link("activity_ref", "activities.csv", "activity_id"),
                of("quantity", Kind.QUANTITY),
                of("unit_price", Kind.CENTS),
                of("amount", Kind.CENTS).must());
    }

    private static FileFormat payments() {
        return byRef(
                "payments.csv",
                "payment",
                Trait.PAYMENTS,
                ref("payment_ref"),
                text("number").must(),
                family(),
                link("regie_ref", "regies.csv", "given_regie_id"),
                text("context").into("given_context"),
                text("nature").into("given_nature"),
                text("payer").upTo(STREET).into("given_payer"),
                of("paid_on", Kind.DATE).must(),
                text("mode").must(),
                text("description").upTo(NOTE),
                of("collected", Kind.CENTS).must(),
                of("allocated", Kind.CENTS).must(),
                of("online", Kind.BOOL).must(),
                text("transaction").into("transaction_number"),
                of("deposited_on", Kind.DATE).into("given_deposited_on"));
    }

    private static FileFormat allocations() {
        return byKey(
                "allocations.csv",
                "allocation",
                Trait.ALLOCATIONS,
                2,
                link("payment_ref", "payments.csv", "payment_id").must(),
                link("invoice_ref", "invoices.csv", "invoice_id").must(),
                of("amount", Kind.CENTS).must());
    }

    private static FileFormat adjustments() {
        return byRef(
                "adjustments.csv",
                "ledger_entry",
                Trait.ADJUSTMENTS,
                ref("entry_ref"),
                family(),
                link("regie_ref", "regies.csv", "regie_id").must(),
                of("date", Kind.DATE).into("entry_date").must(),
                text("description").upTo(NOTE).must(),
                of("credit", Kind.CENTS),
                of("debit", Kind.CENTS),
                link("invoice_ref", "invoices.csv", "invoice_id"));
    }

    private static Column family() {
        return link("family_ref", "families.csv", "family_id").must();
    }

    private static FileFormat byRef(String file, String table, Trait trait, Column... columns) {
        return new FileFormat(file, table, table + "_seq", trait, List.of(columns[0]), List.of(columns));
    }
}
