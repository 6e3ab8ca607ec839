package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What a lot leaves open about payments follows from elsewhere: regie, context and nature from the first invoice that the
 * payment is allocated to, the payer from the family. Found anew for payments that changed, or whose allocations did.
 */
final class PaymentDefaults {

    private final Load load;

    PaymentDefaults(Load load) {
        this.load = load;
    }

    /** @return whether the lot touches any payment; those that it does are then in {@code open_payment} */
    boolean write(Handle handle) {
        String touched = load.files().keySet().stream()
                .filter(file -> file.trait() == Trait.PAYMENTS || file.trait() == Trait.ALLOCATIONS)
                .map(this::touched)
                .flatMap(List::stream)
                .collect(Collectors.joining(" union "));
        if (touched.isEmpty()) {
            return false;
        }
        // Step by step, each with its statistics: left to plan all at once, the database looks everything up for each
        // pair.
        load.update(
                handle,
                "create temporary table open_payment on commit drop as select p.id, p.family_id from payment p"
                        + " where p.town_id = :town and p.id in (" + touched + ")");
        handle.execute("analyze open_payment");
        load.update(
                handle,
                "create temporary table payment_default on commit drop as select o.id, f.regie_id, f.context, f.nature,"
                        + " coalesce(g.name, y.name) as payer from open_payment o join family y on y.town_id = :town"
                        + " and y.id = o.family_id left join (" + firstInvoices()
                        + ") f on f.payment_id = o.id left join ("
                        + payers() + ") g on g.family_id = o.family_id");
        handle.execute("analyze payment_default");
        load.update(
                handle,
                "update payment p set regie_id = coalesce(p.given_regie_id, n.regie_id), context = coalesce(p.given_context, n.context),"
                        + " nature = coalesce(p.given_nature, n.nature), payer = coalesce(p.given_payer, n.payer)"
                        + " from payment_default n where p.town_id = :town and p.id = n.id"
                        + " and (p.regie_id, p.context, p.nature, p.payer) is distinct from (coalesce(p.given_regie_id, n.regie_id),"
                        + " coalesce(p.given_context, n.context), coalesce(p.given_nature, n.nature), coalesce(p.given_payer, n.payer))");
        return true;
    }

    private List<String> touched(FileFormat file) {
        String id = file.trait() == Trait.PAYMENTS ? "k.id" : "k.payment_id";
        String named = "select " + id + " from " + load.stage().verdicts(file) + " k where k.verdict in ('N', 'C')";
        return file.trait() == Trait.ALLOCATIONS && load.full()
                ? List.of(
                        named, "select a.payment_id from allocation a where a.town_id = :town and a.changed_run = :run")
                : List.of(named);
    }

    /** The oldest, then the one of the lowest reference. */
    private static String firstInvoices() {
        return "select distinct on (a.payment_id) a.payment_id, i.regie_id, i.context, i.nature from allocation a"
                + " join open_payment o on o.id = a.payment_id join invoice i on i.town_id = :town and i.id = a.invoice_id"
                + " where a.town_id = :town and a.archived_at is null order by a.payment_id, i.issued_on, i.ref";
    }

    private static String payers() {
        return "select distinct on (m.family_id) m.family_id, concat_ws(' ', n.last_name, n.first_name) as name from membership m"
                + " join individual n on n.town_id = :town and n.id = m.individual_id where m.town_id = :town and m.payer"
                + " and m.archived_at is null and m.family_id in (select family_id from open_payment)"
                + " order by m.family_id, n.ref";
    }
}
