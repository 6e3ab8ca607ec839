package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A simulation checks and reports everything, changes nothing, uses no sequence and is never a conflict. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X1")
@Tag("X2")
@Tag("X3")
@Tag("X4")
@Tag("X5")
class DryRunIT {

    private static final String FACILITIES = "facility_ref,name,kind";
    private static final String CODES = "list,code,label";
    private static final String PEOPLE = "individual_ref,last_name,first_name,birth_date,photo";
    private static final String REGISTRATIONS =
            "registration_ref,individual_ref,family_ref,schedule_ref,start,end,weekdays,status";
    private static final String BOOKINGS = "individual_ref,schedule_ref,date,state";
    private static final String INVOICES = "invoice_ref,number,family_ref,regie_ref,context,issued_on,due_on,amount,"
            + "remaining,payable_online,status,document";
    private static final String INVOICE_LINES = "invoice_ref,line,label,amount";
    private static final String PAYMENTS =
            "payment_ref,number,family_ref,paid_on,mode,description,collected,allocated,online";
    private static final String ADJUSTMENTS = "entry_ref,family_ref,regie_ref,date,description,credit,debit";
    private static final String AT = "2029-12-01T10:00:00+01:00";
    private static final byte[] PDF = "%PDF-1.4 facture".getBytes(StandardCharsets.US_ASCII);

    /** Where a run leaves its report, a simulation's too. */
    private static final Set<String> REPORT = Set.of("processing_run", "processing_file", "rejected_row");

    private final RequestedTown town;
    private final Vendor vendor;

    DryRunIT() throws SQLException {
        town = new RequestedTown();
        vendor = town.vendor;
    }

    @Test
    void what_a_simulation_reports_of_each_flow_is_what_the_lot_then_does_and_until_then_nothing_changes()
            throws SQLException {
        String asked = town.asks(1, "BOOK", "2030-03-04", "2030-03-05");
        vendor.apply(bookings(1).file("bookings.csv", BOOKINGS, day("I1", 4), day("I1", 5), day("I1", 6)));
        vendor.apply(firstBills());

        behavesAsSimulated(reference(), "created", "changed", "archived", "rejected");
        behavesAsSimulated(people(), "created", "changed", "archived", "rejected", "warnings");
        behavesAsSimulated(registrations(), "created", "changed", "archived", "rejected");
        behavesAsSimulated(
                bookings(2)
                        .file(
                                "bookings.csv",
                                BOOKINGS,
                                "I1,S1,2030-02-04,absent",
                                day("I1", 5),
                                day("I3", 7),
                                "I1,INCONNU,2030-02-07,booked"),
                "created",
                "changed",
                "archived",
                "rejected",
                "warnings");
        behavesAsSimulated(
                TestLot.delta(vendor.town(), "bookings", 3)
                        .file("bookings.csv", BOOKINGS, "I1,S1,2030-02-05,absent", day("I1", 11)),
                "created",
                "changed");
        behavesAsSimulated(decisions(asked), "changed", "rejected", "warnings");
        behavesAsSimulated(bills(), "created", "changed", "archived", "rejected");
    }

    /** @param among what the lot has of */
    private void behavesAsSimulated(TestLot lot, String... among) throws SQLException {
        Map<String, String> before = live();
        JsonObject simulated = vendor.simulate(lot);
        String flow = simulated.getString("flow");
        assertThat(simulated.getString("state")).as(simulated.toString()).isEqualTo("APPLIED");
        assertThat(simulated.getBoolean("dryRun")).as(flow).isTrue();
        for (String kind : among) {
            assertThat(simulated.getJsonObject("rows").getInt(kind))
                    .as("%s of %s: %s", kind, flow, simulated)
                    .isPositive();
        }
        assertThat(live()).as("after a simulation of %s", flow).isEqualTo(before);

        JsonObject applied = vendor.apply(lot);
        assertThat(applied.getString("state")).as(applied.toString()).isEqualTo("APPLIED");
        for (String counts : List.of("rows", "files")) {
            assertThat(applied.get(counts)).as("%s of %s", counts, flow).isEqualTo(simulated.get(counts));
        }
        assertThat(rejects(lot, "")).as("report of %s", flow).isEqualTo(rejects(lot, "/dry-run"));
        assertThat(live()).as("after %s itself", flow).isNotEqualTo(before);
    }

    private Map<String, String> live() throws SQLException {
        Map<String, String> tables = vendor.tables();
        tables.keySet().removeAll(REPORT);
        tables.put(
                "booking_change",
                vendor.value("select count(*) || ' told to families' from app.booking_change where town_id = :town"));
        tables.put(
                "work_due",
                vendor.value("select string_agg(kind || ' ' || item_id, ', ' order by kind, item_id) from app.work_due"
                        + " where town_id = :town and kind <> 'LOT'"));
        return tables;
    }

    private String rejects(TestLot lot, String kind) {
        var answer = vendor.get("/lots/" + lot.id() + kind + "/rejects.csv");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    // ---- lots of which some is new, changed, gone and wrong --------------------------------------------------------

    private TestLot full(String flow, long sequence) {
        return TestLot.full(vendor.town(), flow, sequence);
    }

    private TestLot reference() {
        return full("reference", 2)
                .file("facilities.csv", FACILITIES, "E1,École du Parc,school", "E2,Crèche,nursery", "E3,Gymnase,sport")
                .file("code_lists.csv", CODES, "refusal_reason,PLEIN,Complet.", "diet,SANS_PORC,Sans porc");
    }

    private TestLot people() {
        return full("individuals", 2)
                .file(
                        "individuals.csv",
                        PEOPLE,
                        "I1,ROUSSEL,Éva,2019-05-03,eva.jpg",
                        "I2,LEROY,Adam,,",
                        "I3,ROUSSEL,Inès,,",
                        "I4,ROUSSEL,Noé,2021-01-01,",
                        "I5,ROUSSEL,Zoé,2021-02-30,")
                .file(
                        "memberships.csv",
                        "family_ref,individual_ref,role,payer",
                        "F1,I1,child,0",
                        "F2,I2,child,1",
                        "F1,I4,child,0",
                        "F1,I5,child,0");
    }

    private TestLot registrations() {
        return full("registrations", 2)
                .file(
                        "registrations.csv",
                        REGISTRATIONS,
                        "R1,I1,F1,S1,2026-01-01,2036-12-31,1245,active",
                        "R3,I4,F1,S1,2026-01-01,2036-12-31,,active",
                        "R4,I4,F1,S1,2026-01-01,2037-12-31,,active");
    }

    private TestLot bookings(long sequence) {
        return full("bookings", sequence);
    }

    private static String day(String child, int day) {
        return "%s,S1,2030-02-%02d,booked".formatted(child, day);
    }

    private TestLot decisions(String asked) {
        return TestLot.delta(vendor.town(), "decisions", 1)
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,reason_code,decided_at",
                        asked + ",1,accepted,," + AT,
                        asked + ",2,refused,INCONNU," + AT,
                        "2026-0000000000,1,accepted,," + AT)
                .file(
                        "messages.csv",
                        "message_ref,request_ref,sent_at,text",
                        "M1," + asked + "," + AT + ",Bonjour",
                        "M2," + asked + ",hier,Bonsoir");
    }

    private TestLot firstBills() {
        return full("billing", 1)
                .file("invoices.csv", INVOICES, invoice("FA1", 5, "30.00", ""), invoice("FA2", 6, "10.00", ""))
                .file("invoice_lines.csv", INVOICE_LINES, "FA1,1,Restauration,20.00", "FA1,2,Accueil,10.00")
                .file("payments.csv", PAYMENTS, "RG1,P1,F1,2030-01-08,CHQ,Chèque,20.00,10.00,0")
                .file("allocations.csv", "payment_ref,invoice_ref,amount", "RG1,FA1,10.00")
                .file(
                        "adjustments.csv",
                        ADJUSTMENTS,
                        "OD1,F1,RC,2030-01-05,Remise,5.00,",
                        "OD2,F1,RC,2030-01-06,Remise,5.00,");
    }

    private TestLot bills() {
        return full("billing", 2)
                .file(
                        "invoices.csv",
                        INVOICES,
                        invoice("FA1", 5, "30.00", "facture.pdf"),
                        invoice("FA3", 7, "12.00", ""),
                        invoice("FA4", 7, "douze", ""),
                        invoice("FA5", 7, "12.00", "absente.pdf"))
                .file(
                        "invoice_lines.csv",
                        INVOICE_LINES,
                        "FA1,1,Restauration,30.00",
                        "FA3,1,Accueil,12.00",
                        "FA4,1,Accueil,12.00")
                .file(
                        "payments.csv",
                        PAYMENTS,
                        "RG1,P1,F1,2030-01-08,CHQ,Chèque n° 12,20.00,20.00,0",
                        "RG2,P2,F1,2030-01-08,CHQ,Chèque,12.00,12.00,0")
                .file(
                        "allocations.csv",
                        "payment_ref,invoice_ref,amount",
                        "RG1,FA1,20.00",
                        "RG2,FA3,12.00",
                        "RG2,FA4,12.00")
                .file(
                        "adjustments.csv",
                        ADJUSTMENTS,
                        "OD1,F1,RC,2030-01-05,Remise,6.00,",
                        "OD3,F1,RC,2030-01-07,Avoir,,4.00")
                .document("facture.pdf", PDF);
    }

    private static String invoice(String ref, int day, String amount, String document) {
        return "%s,N-%s,F1,RC,Restauration,2030-01-%02d,2030-02-01,%s,5.00,0,issued,%s"
                .formatted(ref, ref, day, amount, document);
    }

    // ---- numbers ----------------------------------------------------------------------------------------------------

    private TestLot renamed(TestLot lot, String firstName) {
        return lot.file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUSSEL," + firstName);
    }

    private TestLot delta(long sequence, String firstName) {
        return renamed(TestLot.delta(vendor.town(), "individuals", sequence), firstName);
    }

    private String simulated(TestLot lot) {
        JsonObject state = vendor.simulate(lot);
        return state.getString("state") + " " + state.getJsonObject("rows").getInt("changed");
    }

    private String firstName() throws SQLException {
        return town.value("select first_name from app.individual where town_id = :town and ref = 'I1'");
    }

    @Test
    void a_number_or_an_id_that_was_used_may_be_simulated_again_and_the_lot_itself_keeps_its_state()
            throws SQLException {
        TestLot lot = delta(2, "Éva");
        JsonObject applied = vendor.apply(lot);

        assertThat(simulated(lot)).as("the same lot").isEqualTo("APPLIED 0");
        assertThat(simulated(delta(2, "Zoé"))).as("its number, other content").isEqualTo("APPLIED 1");
        assertThat(simulated(delta(3, "Noé").id(lot.id())))
                .as("its id, other content")
                .isEqualTo("APPLIED 1");
        assertThat(simulated(renamed(full("individuals", 1), "Léo")))
                .as("a number of long ago")
                .isEqualTo("APPLIED 1");

        assertThat(vendor.follow(lot.id())).isEqualTo(applied);
        assertThat(vendor.send(lot).status()).as("the same lot, sent again").isEqualTo(200);
        assertThat(vendor.send(delta(2, "Zoé")).code())
                .as("not as a simulation")
                .isEqualTo("SEQUENCE_REPLAYED");
        assertThat(firstName()).isEqualTo("Éva");
    }

    @Test
    void beyond_a_gap_a_simulation_waits_for_nothing_and_the_gap_stays() throws SQLException {
        TestLot early = delta(4, "Quatrième");
        assertThat(simulated(early)).isEqualTo("APPLIED 1");
        JsonObject waiting = vendor.apply(early);
        assertThat(waiting.getString("state")).isEqualTo("WAITING");
        assertThat(waiting.getString("waitingFor")).isEqualTo("individuals/2");

        for (int sequence = 2; sequence <= 3; sequence++) {
            assertThat(simulated(delta(sequence, "Simulé"))).isEqualTo("APPLIED 1");
        }
        assertThat(simulated(early)).as("while it waits").isEqualTo("APPLIED 1");
        assertThat(vendor.follow(early.id()).getString("waitingFor")).isEqualTo("individuals/2");
        assertThat(firstName()).isEqualTo("Ève");

        vendor.apply(delta(2, "Deuxième"));
        vendor.apply(delta(3, "Troisième"));
        vendor.await(early.id(), "APPLIED");
        assertThat(firstName()).isEqualTo("Quatrième");
    }

    @Test
    void what_might_be_meant_as_a_simulation_is_never_applied() throws SQLException {
        for (String query : List.of("?dryRun=oui", "?dryRun", "?dryRun=", "?dry_run=1", "?dryRun=0&dryRun=1")) {
            Vendor.Answer refused = vendor.send(delta(2, "Zoé"), query);
            assertThat(refused.status()).as(query).isEqualTo(400);
            assertThat(refused.code()).as(query).isEqualTo("BAD_PARAMETER");
        }
        TestLot lot = delta(2, "Zoé");
        assertThat(vendor.send(lot, "?dryRun=true").json().getBoolean("dryRun")).isTrue();
        assertThat(firstName()).isEqualTo("Ève");
        assertThat(vendor.send(lot, "?dryRun=0").status()).isEqualTo(202);
        vendor.await(lot.id(), "APPLIED");
        assertThat(firstName()).isEqualTo("Zoé");
    }
}
