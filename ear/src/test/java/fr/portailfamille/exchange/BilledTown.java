package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;

/** A vendor's town to which invoices and payments of its first family are sent. */
final class BilledTown {

    static final String INVOICES = "invoice_ref,number,family_ref,regie_ref,context,nature,issued_on,due_on,amount,"
            + "remaining,payable_online,emission_code,payment_reference,status";
    static final String PAYMENTS =
            "payment_ref,number,family_ref,paid_on,mode,description,collected,allocated,online,transaction";
    static final String ALLOCATIONS = "payment_ref,invoice_ref,amount";

    private final RequestedTown town;
    final Vendor vendor;
    private long sequence;

    BilledTown() throws SQLException {
        town = new RequestedTown();
        vendor = town.vendor;
    }

    static String invoice(String ref, String issued, String amount, String remaining) {
        return "%s,2026-%s,F1,RC,Restauration,Enfance,%s,2026-12-31,%s,%s,1,400,2026%s,issued"
                .formatted(ref, ref, issued, amount, remaining, ref);
    }

    static String payment(String ref, String paid, String collected, String allocated) {
        return "%s,9%s,F1,%s,CHQ,Chèque n° 12,%s,%s,0,".formatted(ref, ref, paid, collected, allocated);
    }

    TestLot lot(String mode) {
        sequence++;
        return mode.equals("full")
                ? TestLot.full(vendor.town(), "billing", sequence)
                : TestLot.delta(vendor.town(), "billing", sequence);
    }

    /** The number that the last lot had stays open, as of one that was refused. */
    void reuseSequence() {
        sequence--;
    }

    JsonObject apply(TestLot lot) {
        JsonObject state = vendor.apply(lot);
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state;
    }

    static String counts(JsonObject state, String file) {
        JsonObject counts = state.getJsonObject("files").getJsonObject(file);
        return "%d created, %d changed, %d unchanged, %d archived, %d rejected"
                .formatted(
                        counts.getInt("created"),
                        counts.getInt("changed"),
                        counts.getInt("unchanged"),
                        counts.getInt("archived"),
                        counts.getInt("rejected"));
    }

    String rejects(JsonObject state) {
        return vendor.get("/lots/" + state.getString("lotId") + "/rejects.csv").body();
    }

    String value(String query) throws SQLException {
        return town.value(query);
    }

    void write(String statement) throws SQLException {
        town.write(statement);
    }

    /** What stands of a payment: what was collected, and how much of it is allocated to which invoice, in cents. */
    String allocated(String payment) throws SQLException {
        return value(
                "select p.collected || ':' || coalesce(string_agg(' ' || i.ref || ' ' || a.amount, ',' order by i.ref), '')"
                        + " from app.payment p left join app.allocation a on (a.town_id, a.payment_id) = (p.town_id, p.id)"
                        + " and a.archived_at is null left join app.invoice i on (i.town_id, i.id) = (a.town_id, a.invoice_id)"
                        + " where p.town_id = :town and p.ref = '" + payment + "' group by p.town_id, p.id");
    }
}
