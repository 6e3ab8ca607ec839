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
    void a_payment_is_not_lowered_where_one_of_two_rows_of_its_allocation_is_bad() throws SQLException {
        hundred("RG1,FA1,100.00");
        JsonObject state = town.apply(town.lot("delta")
                .file("payments.csv", PAYMENTS, paid("RG1", "50.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,50.00", "RG1,FA1,cinquante"));
        assertThat(town.rejects(state).lines().skip(1))
                .extracting(line -> line.split(";", 5))
                .extracting(cells -> String.join(" ", cells[0], cells[1], cells[2], cells[3]))
                .containsExactlyInAnyOrder(
                        "payments.csv 2 collected BAD_VALUE",
                        "allocations.csv 2 payment_ref PARENT_REJECTED",
                        "allocations.csv 3 amount BAD_NUMBER");
        assertThat(town.allocated("RG1")).isEqualTo("10000: FA1 10000");
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

    /** A lot that lowers each of these payments to 50 €, of which 100 € are allocated. */
    @Test
    void a_payment_is_not_lowered_below_what_stays_allocated_of_it() throws SQLException {
        String[] ids = {"SAME", "BAD", "TWICE", "ABOVE", "HANGS", "MOVES", "GONE", "AGREED"};
        String[] payments = new String[ids.length];
        String[] lowered = new String[ids.length];
        String[] allocations = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            payments[i] = paid(ids[i], "100.00");
            lowered[i] = paid(ids[i], "50.00");
            allocations[i] = ids[i] + (ids[i].equals("HANGS") ? ",FA3,100.00" : ",FA1,100.00");
        }
        town.apply(town.lot("full")
                .file("invoices.csv", INVOICES, anInvoice("FA1"), anInvoice("FA2"), anInvoice("FA3"))
                .file("payments.csv", with(PAYMENTS, payments))
                .file("allocations.csv", with(ALLOCATIONS, allocations)));

        JsonObject state = town.apply(town.lot("delta")
                .file("invoices.csv", INVOICES, invoice("FA3", "2026-10-05", "cent", "0"))
                .file("payments.csv", with(PAYMENTS, lowered))
                .file(
                        "allocations.csv",
                        ALLOCATIONS + ",archived",
                        "SAME,FA1,100.00,0",
                        "BAD,FA1,cinquante,0",
                        "TWICE,FA1,50.00,0",
                        "TWICE,FA1,40.00,0",
                        "ABOVE,FA1,30.00,0",
                        "ABOVE,FA2,30.00,0",
                        "HANGS,FA3,50.00,0",
                        "MOVES,FA1,-10.00,0",
                        "GONE,FA1,100.00,1",
                        "AGREED,FA1,50.00,0",
                        "AGREED,FA1,50.00,0"));

        for (String kept : new String[] {"SAME", "BAD", "TWICE", "ABOVE"}) {
            assertThat(town.allocated(kept)).as(kept).isEqualTo("10000: FA1 10000");
        }
        assertThat(town.allocated("HANGS")).isEqualTo("10000: FA3 10000");
        assertThat(town.allocated("MOVES")).isEqualTo("5000: FA1 -1000");
        assertThat(town.allocated("GONE")).isEqualTo("5000:");
        assertThat(town.allocated("AGREED")).isEqualTo("5000: FA1 5000");
        assertThat(counts(state, "payments.csv"))
                .isEqualTo("0 created, 3 changed, 0 unchanged, 0 archived, 5 rejected");
        assertThat(town.rejects(state).lines().filter(line -> line.contains("déjà ventilé")))
                .as("lines that say why")
                .hasSize(5)
                .allMatch(line -> line.contains("payments.csv") && line.contains("50.00"));
        assertThat(town.rejects(state).lines().filter(line -> line.contains("PARENT_REJECTED")))
                .as("lines that hang on them")
                .hasSize(6)
                .allMatch(line -> line.contains("allocations.csv"));
    }

    @Test
    void of_a_payment_that_is_paid_back_the_amount_counts_and_not_its_sign() throws SQLException {
        town.apply(town.lot("full")
                .file("invoices.csv", INVOICES, anInvoice("FA1"))
                .file("payments.csv", PAYMENTS, paid("MORE", "-20.00"), paid("LESS", "-50.00"))
                .file("allocations.csv", ALLOCATIONS, "MORE,FA1,-20.00", "LESS,FA1,-50.00"));
        JsonObject state = town.apply(
                town.lot("delta").file("payments.csv", PAYMENTS, paid("MORE", "-50.00"), paid("LESS", "-20.00")));
        assertThat(town.allocated("MORE")).isEqualTo("-5000: FA1 -2000");
        assertThat(town.allocated("LESS")).isEqualTo("-5000: FA1 -5000");
        assertThat(town.rejects(state)).contains("déjà ventilé", "-20.00").doesNotContain("-50.00");
    }

    @Test
    void what_a_rejected_row_keeps_from_being_archived_counts_as_allocated() throws SQLException {
        hundred("RG1,FA1,60.00", "RG1,FA2,40.00");
        JsonObject lowered = town.apply(town.lot("full")
                .file("payments.csv", PAYMENTS, paid("RG1", "60.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,60.00", "RG1,FA2,quarante"));
        assertThat(town.rejects(lowered)).contains("déjà ventilé");
        JsonObject raised = town.apply(town.lot("full")
                .file("payments.csv", PAYMENTS, paid("RG1", "100.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,100.00", "RG1,FA2,quarante"));
        assertThat(town.rejects(raised)).contains("dépassent le montant encaissé");
        assertThat(town.allocated("RG1")).isEqualTo("10000: FA1 6000, FA2 4000");
        town.apply(town.lot("full")
                .file("payments.csv", PAYMENTS, paid("RG1", "60.00"))
                .file("allocations.csv", ALLOCATIONS, "RG1,FA1,60.00"));
        assertThat(town.allocated("RG1")).isEqualTo("6000: FA1 6000");
    }
}
