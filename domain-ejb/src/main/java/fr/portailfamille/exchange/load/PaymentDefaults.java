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

    void write(Handle handle) {
        String touched = load.files().keySet().stream()
                .filter(file -> file.trait() == Trait.PAYMENTS || file.trait() == Trait.ALLOCATIONS)
                .map(this::touched)
                .flatMap(List::stream)
                .collect(Collectors.joining(" union "));
        if (touched.isEmpty()) {
            return;
        }
        load.update(
                handle,
                "update payment p set regie_id = n.regie_id, context = n.context, nature = n.nature, payer = n.payer from (select p.id,"
                        + " coalesce(p.given_regie_id, f.regie_id) as regie_id, coalesce(p.given_context, f.context) as context,"
                        + " coalesce(p.given_nature, f.nature) as nature, coalesce(p.given_payer, g.name, y.name) as payer"
                        + " from payment p join family y on y.town_id = :town and y.id = p.family_id"
                        + " left join lateral (" + firstInvoice() + ") f on true left join lateral (" + payer()
                        + ") g on true"
                        + " where p.town_id = :town and p.id in (" + touched
                        + ")) n where p.town_id = :town and p.id = n.id"
                        + " and (p.regie_id, p.context, p.nature, p.payer)"
                        + " is distinct from (n.regie_id, n.context, n.nature, n.payer)");
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
    private static String firstInvoice() {
        return "select i.regie_id, i.context, i.nature from allocation a join invoice i on i.town_id = :town"
                + " and i.id = a.invoice_id where a.town_id = :town and a.payment_id = p.id and a.archived_at is null"
                + " order by i.issued_on, i.ref limit 1";
    }

    private static String payer() {
        return "select concat_ws(' ', n.last_name, n.first_name) as name from membership m join individual n on n.town_id = :town"
                + " and n.id = m.individual_id where m.town_id = :town and m.family_id = p.family_id and m.payer"
                + " and m.archived_at is null order by n.ref limit 1";
    }
}
