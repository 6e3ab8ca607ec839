package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.Optional;

/**
 * Payments of which a lot lowers what was collected, with what will be allocated of them once the lot is applied. That is
 * known before allocations are checked, so that those of a payment which cannot be lowered are rejected with it.
 */
final class LoweredPayments {

    private final Load load;
    private final String payments;

    LoweredPayments(Load load, FileFormat payments) {
        this.load = load;
        this.payments = load.stage().rows(payments);
    }

    /** A query of {@code ref} and {@code amount}; payments of which nothing stays allocated are not in it. */
    String query() {
        String lowered = "with lowered as (select distinct on (o.id) o.id, o.ref, r.paid_on from " + payments
                + " r join payment o on o.town_id = :town and o.ref = r.ref where case when r.collected >= 0"
                + " then o.collected > r.collected else o.collected < r.collected end)";
        return file(Trait.ALLOCATIONS)
                .map(allocations -> lowered + ", named as (" + named(allocations) + ") " + after(allocations))
                .orElse(lowered + " select l.ref, sum(t.amount) as amount from lowered l" + stored()
                        + " group by l.ref");
    }

    private static String stored() {
        return " join allocation t on t.town_id = :town and t.payment_id = l.id and t.archived_at is null";
    }

    private String after(FileFormat allocations) {
        FileScope scope = new FileScope(load, allocations);
        String unnamed = scope.archives() ? "not " + scope.covers("payment", "paid_on", "l.paid_on") : "true";
        return "select a.ref, sum(a.amount) as amount from (select n.payment_ref as ref, n.amount from named n where n.taken"
                + " union all select l.ref, t.amount from lowered l" + stored()
                + " join invoice i on i.town_id = :town and i.id = t.invoice_id"
                + " left join named n on n.payment_ref = l.ref and n.invoice_ref = i.ref where coalesce(not n.taken, "
                + unnamed + ")) a group by a.ref";
    }

    /** What the lot says about an allocation: taken unless rows contradict each other, are bad, or hang on a rejected invoice. */
    private String named(FileFormat allocations) {
        String archived = load.has(allocations, "archived") ? "coalesce(r.archived::text, '')" : "''";
        Optional<FileFormat> invoices = file(Trait.INVOICES);
        String known = invoices.isPresent()
                ? "case when q.ref is not null then q.verdict not in " + Verdict.REJECTED + " else i.id is not null end"
                : "i.id is not null";
        String rows = "select r.payment_ref, r.invoice_ref, r.amount, " + archived + " as archived, not r.bad and "
                + known + " as good from " + load.stage().rows(allocations)
                + " r join lowered l on l.ref = r.payment_ref"
                + invoices.map(file -> " left join " + load.stage().verdicts(file) + " q on q.ref = r.invoice_ref")
                        .orElse("")
                + " left join invoice i on i.town_id = :town and i.ref = r.invoice_ref";
        return "select payment_ref, invoice_ref, bool_and(good) and min(amount) = max(amount)"
                + " and min(archived) = max(archived) as taken,"
                + " min(amount) filter (where good and archived <> 'true') as amount from (" + rows
                + ") r group by payment_ref, invoice_ref";
    }

    private Optional<FileFormat> file(Trait trait) {
        return load.files().keySet().stream()
                .filter(file -> file.trait() == trait)
                .findFirst();
    }
}
