package fr.portailfamille.exchange;

import static fr.portailfamille.exchange.BilledTown.ALLOCATIONS;
import static fr.portailfamille.exchange.BilledTown.INVOICES;
import static fr.portailfamille.exchange.BilledTown.PAYMENTS;
import static fr.portailfamille.exchange.BilledTown.counts;
import static fr.portailfamille.exchange.BilledTown.invoice;
import static fr.portailfamille.exchange.BilledTown.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of a payment never more is allocated than was collected, whatever the order in which a lot is merged. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X5")
class AllocationsIT {

    private static final String PAID = "2026-10-28";

    private final BilledTown town;

    AllocationsIT() throws SQLException {
        town = new BilledTown();
    }

    /** Two invoices, one payment of a hundred euros. */
    private JsonObject hundred(String... allocations) {
        return town.apply(town.lot("full")
                .file("invoices.csv", INVOICES, anInvoice("FA1"), anInvoice("FA2"))
                .file("payments.csv", PAYMENTS, paid("RG1", "100.00"))
                .file("allocations.csv", with(ALLOCATIONS, allocations)));
    }

    private static String anInvoice(String ref) {
        return invoice(ref, "2026-10-05", "200.00", "20.00");
    }

    private static String paid(String ref, String collected) {
        return payment(ref, PAID, collected, "0");
    }

    private static String[] with(String header, String... rows) {
        String[] lines = new String[rows.length + 1];
        lines[0] = header;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        return lines;
    }

    // ---- in between ----------------------------------------------------------------------------------------------

    @Test
    void a_full_lot_that_lowers_a_payment_and_archives_an_allocation_of_it_is_applied() throws SQLException {
        hundred("RG1,FA1,60.00", "RG1,FA2,40.00");
        town.apply(town.lot("full")
                .file("payments.csv", PAYMENTS, paid("RG1", "50.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,50.00"));
        assertThat(town.allocated("RG1")).isEqualTo("5000: FA1 5000");
    }

    @Test
    void what_one_allocation_has_more_another_may_take_back_in_the_same_lot() throws SQLException {
        hundred("RG1,FA1,100.00");
        town.apply(town.lot("delta").file("allocations.csv", ALLOCATIONS, "RG1,FA1,150.00", "RG1,FA2,-50.00"));
        assertThat(town.allocated("RG1")).isEqualTo("10000: FA1 15000, FA2 -5000");
    }

    @Test
    void the_database_refuses_more_than_was_collected_from_either_side() throws SQLException {
        hundred("RG1,FA1,100.00");
        assertThatThrownBy(() -> town.write("update app.allocation set amount = 10001 where town_id = :town"))
                .hasMessageContaining("beyond what was collected");
        assertThatThrownBy(() -> town.write("update app.payment set collected = 9999 where town_id = :town"))
                .hasMessageContaining("beyond what was collected");
        town.write("update app.payment set collected = 10001, mode = 'CB' where town_id = :town");
        town.write("update app.payment set collected = 10000 where town_id = :town");
        assertThat(town.allocated("RG1")).isEqualTo("10000: FA1 10000");
    }

    @Test
    void a_merge_that_would_end_with_more_allocated_than_collected_fails_as_a_whole() throws SQLException {
        hundred("RG1,FA1,100.00");
        town.write("set portal.merging = 'on'; update app.allocation set amount = 10001 where town_id = :town");
        JsonObject state = town.vendor.apply(town.lot("delta")
                .file("invoices.csv", INVOICES, anInvoice("FA3"))
                .file("payments.csv", PAYMENTS, payment("RG1", "2026-10-29", "100.00", "0")));
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("FAILED");
        assertThat(town.value("select r.attempt || ' ' || r.result || ' ' || r.merged from app.processing_run r"
                        + " where r.town_id = :town order by r.id desc limit 1"))
                .as("tried again, then given up")
                .isEqualTo("3 FAILED false");
        assertThat(town.value("select string_agg(ref, ',' order by ref) from app.invoice where town_id = :town"))
                .isEqualTo("FA1,FA2");
        assertThat(town.value("select paid_on from app.payment where town_id = :town"))
                .isEqualTo(PAID);
    }

    // ---- rows that are rejected ----------------------------------------------------------------------------------

    @Test
    void no_more_is_allocated_than_was_collected() throws SQLException {
        hundred("RG1,FA1,97.55");
        JsonObject state = town.apply(town.lot("delta").file("allocations.csv", ALLOCATIONS, "RG1,FA2,2.46"));
        assertThat(counts(state, "allocations.csv"))
                .isEqualTo("0 created, 0 changed, 0 unchanged, 0 archived, 1 rejected");
        assertThat(town.rejects(state)).contains("dépassent le montant encaissé", "2.46");
        JsonObject lowered = town.apply(town.lot("delta").file("payments.csv", PAYMENTS, paid("RG1", "30.00")));
        assertThat(town.rejects(lowered)).contains("moins que ce qui en est déjà ventilé");
        // Both at once go together, and an amount may move from one invoice to another.
        town.apply(town.lot("delta")
                .file("payments.csv", PAYMENTS, paid("RG1", "30.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,1.00", "RG1,FA2,29.00"));
        town.apply(town.lot("full")
                .file("payments.csv", PAYMENTS, paid("RG1", "30.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,30.00"));
        assertThat(town.allocated("RG1")).isEqualTo("3000: FA1 3000");
        JsonObject more =
                town.apply(town.lot("delta").file("payments.csv", PAYMENTS, payment("RG9", PAID, "5.00", "5.01")));
        assertThat(town.rejects(more)).contains("plus que le montant encaissé", "5.01");
    }
}
