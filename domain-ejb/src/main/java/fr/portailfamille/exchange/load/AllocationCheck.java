package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Of a payment no more can be allocated than was collected: all that a lot says about such a payment is rejected. */
final class AllocationCheck {

    private final Load load;
    private final FileFormat file;
    private final String verdicts;

    AllocationCheck(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
        this.verdicts = load.stage().verdicts(file);
    }

    void run(Handle handle) {
        load.update(
                handle,
                "update " + verdicts + " k set verdict = 'V', col = 'amount', parent = "
                        + CheckWording.of("allocation.beyond-payment") + " from (" + sums()
                        + ") s where k.payment_id = s.payment_id"
                        + " and k.verdict in ('N', 'C') and case when s.collected >= 0 then s.amount > s.collected"
                        + " else s.amount < s.collected end");
    }

    /** What would be allocated of each payment that the file names, and what is collected then. */
    private String sums() {
        String taken = "k.verdict in ('N', 'C', '=')";
        String archived = load.has(file, "archived") ? " and not coalesce(s.archived, false)" : "";
        FileScope scope = new FileScope(load, file);
        String stays = "t.town_id = :town and t.archived_at is null and t.payment_id in (select k.payment_id from "
                + verdicts
                + " k where k.verdict in ('N', 'C')) and not exists (select from " + verdicts
                + " k where k.payment_id = t.payment_id and k.invoice_id = t.invoice_id and " + taken + ")"
                + (scope.archives() ? " and (not (true" + scope.condition() + ") or " + protectedHere() + ")" : "");
        return "select a.payment_id, sum(a.amount) as amount, min(" + collected()
                + ") as collected from (select k.payment_id,"
                + " s.amount from " + verdicts + " k join " + load.stage().rows(file) + " s on s.line = k.line where "
                + taken
                + archived + " union all select t.payment_id, t.amount from allocation t where " + stays
                + ") a left join payment p on p.town_id = :town and p.id = a.payment_id" + lotPayments()
                + " group by a.payment_id";
    }

    /** A rejected row keeps what it names from being archived. */
    private String protectedHere() {
        return "exists (select from " + verdicts
                + " k where k.payment_id = t.payment_id and k.invoice_id = t.invoice_id)";
    }

    private String collected() {
        return payments().isPresent() ? "coalesce(q.collected, p.collected)" : "p.collected";
    }

    private String lotPayments() {
        return payments()
                .map(payments -> " left join (select v.id, r.collected from "
                        + load.stage().verdicts(payments) + " v join "
                        + load.stage().rows(payments)
                        + " r on r.line = v.line where v.verdict in ('N', 'C', '=')) q on q.id = a.payment_id")
                .orElse("");
    }

    private Optional<FileFormat> payments() {
        return load.files().keySet().stream()
                .filter(each -> each.trait() == FileFormat.Trait.PAYMENTS)
                .findFirst();
    }
}
