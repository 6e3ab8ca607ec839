package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a full lot lacks is archived; what one of its rejected rows is about is not, and nothing is in a file in which it
 * could not be read what a row is about.
 */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X2")
@Tag("X3")
@Tag("X4")
@Tag("X5")
class ProtectedRecordsIT {

    private static final String FAMILIES = "family_ref,account_code,name,iban";
    private static final String PEOPLE = "individual_ref,last_name,first_name,birth_date";
    private static final String MEMBERSHIPS = "family_ref,individual_ref,role";
    private static final String CONTACTS = "contact_ref,individual_ref,name,emergency,may_collect";
    private static final String BOOKINGS = "individual_ref,schedule_ref,date,state";
    private static final String INVOICES =
            "invoice_ref,number,family_ref,regie_ref,context,issued_on,due_on,amount,remaining,payable_online,status";

    private final RequestedTown town;
    private final Vendor vendor;

    ProtectedRecordsIT() throws SQLException {
        town = new RequestedTown();
        vendor = town.vendor;
    }

    private TestLot full(String flow, long sequence) {
        return TestLot.full(vendor.town(), flow, sequence);
    }

    /** Rejected and archived rows of the file. */
    private static String counts(JsonObject state, String file) {
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        JsonObject counts = state.getJsonObject("files").getJsonObject(file);
        return "%d rejected, %d archived".formatted(counts.getInt("rejected"), counts.getInt("archived"));
    }

    private String archived(String table) throws SQLException {
        return town.value("select string_agg(ref, ',' order by ref) from app." + table
                + " where town_id = :town and archived_at is not null");
    }

    private String memberships() throws SQLException {
        return town.value("select string_agg(f.ref || ' ' || i.ref, ', ' order by f.ref, i.ref) from app.membership m"
                + " join app.family f on (f.town_id, f.id) = (m.town_id, m.family_id)"
                + " join app.individual i on (i.town_id, i.id) = (m.town_id, m.individual_id)"
                + " where m.town_id = :town and m.archived_at is null");
    }

    private void everybody() {
        vendor.apply(full("individuals", 2)
                .file("families.csv", FAMILIES, "F1,BL-1,ROUSSEL,", "F2,BL-2,LEROY,", "F3,BL-3,NOËL,")
                .file(
                        "individuals.csv",
                        PEOPLE,
                        "I1,ROUSSEL,Ève,",
                        "I2,LEROY,Adam,",
                        "I3,ROUSSEL,Inès,",
                        "I4,ROUSSEL,Noé,",
                        "I5,ROUSSEL,Zoé,",
                        "I6,NOËL,Léo,")
                .file("memberships.csv", MEMBERSHIPS, "F1,I1,child", "F1,I4,child", "F2,I2,child", "F3,I6,child")
                .file("pickup_contacts.csv", CONTACTS, "K1,I1,Mamie,1,1", "K2,I2,Papi,1,1", "K3,I4,Tata,1,1"));
    }

    @Test
    void whatever_a_row_is_rejected_for_it_protects_what_it_names() throws SQLException {
        everybody();

        JsonObject state = vendor.apply(full("individuals", 3)
                .file("families.csv", FAMILIES, "F1,BL-1,ROUSSEL,FR7630006000011234567890188", "F2,BL-2,LEROY,")
                .file(
                        "individuals.csv",
                        PEOPLE,
                        "I1,ROUSSEL,Ève,2019-02-30",
                        "I2,LEROY,Adam,",
                        "I3," + "x".repeat(101) + ",Inès,",
                        "I4,ROUSSEL,Noé,2020-01-01",
                        "I4,ROUSSEL,Noé,2020-01-02",
                        "I5,,Zoé,")
                .file("memberships.csv", MEMBERSHIPS, "F1,I1,child", "F1,I4,child", "F2,I2,enfant")
                .file("pickup_contacts.csv", CONTACTS, "K1,I1,Mamie,1,1", "K2,I2,Papi,peut-être,1"));

        assertThat(counts(state, "families.csv")).isEqualTo("1 rejected, 1 archived");
        assertThat(archived("family")).isEqualTo("F3");
        assertThat(counts(state, "individuals.csv")).isEqualTo("5 rejected, 1 archived");
        assertThat(archived("individual")).isEqualTo("I6");
        assertThat(counts(state, "memberships.csv"))
                .as("what it depends on was rejected, or its own cell is wrong")
                .isEqualTo("3 rejected, 1 archived");
        assertThat(memberships()).isEqualTo("F1 I1, F1 I4, F2 I2");
        assertThat(counts(state, "pickup_contacts.csv")).isEqualTo("2 rejected, 1 archived");
        assertThat(archived("pickup_contact")).isEqualTo("K3");
    }

    @Test
    void where_it_cannot_be_read_what_a_row_names_nothing_of_its_file_is_archived_and_of_others_all()
            throws SQLException {
        everybody();

        JsonObject state = vendor.apply(full("individuals", 3)
                .file("families.csv", FAMILIES, "F1,BL-1,ROUSSEL,", "réf interdite,BL-2,LEROY,")
                .file("individuals.csv", PEOPLE, "I1,ROUSSEL,Ève,", "I2,LEROY", "I3,ROUSSEL,Inès,", "I4,ROUSSEL,Noé,")
                .file("memberships.csv", MEMBERSHIPS, "F1,I1,child", "F1,,child")
                .file("pickup_contacts.csv", CONTACTS, "K1,I1,Mamie,1,1", "K2,I2,Papi,1,1"));

        assertThat(counts(state, "families.csv")).isEqualTo("1 rejected, 0 archived");
        assertThat(counts(state, "individuals.csv")).isEqualTo("1 rejected, 0 archived");
        assertThat(counts(state, "memberships.csv")).isEqualTo("1 rejected, 0 archived");
        assertThat(archived("family") + archived("individual")).isEmpty();
        assertThat(memberships()).isEqualTo("F1 I1, F1 I4, F2 I2, F3 I6");
        assertThat(counts(state, "pickup_contacts.csv")).isEqualTo("0 rejected, 1 archived");

        JsonObject mended = vendor.apply(
                full("individuals", 4).file("families.csv", FAMILIES, "F1,BL-1,ROUSSEL,", "F2,BL-2,LEROY,"));
        assertThat(counts(mended, "families.csv")).isEqualTo("0 rejected, 1 archived");
        assertThat(archived("family")).isEqualTo("F3");
    }

    @Test
    void a_rejected_booking_stays_and_one_of_an_unreadable_day_keeps_all_of_them() throws SQLException {
        vendor.apply(full("bookings", 1)
                .file(
                        "bookings.csv",
                        BOOKINGS,
                        "I1,S1,2030-01-14,booked",
                        "I1,S1,2030-01-15,booked",
                        "I1,S1,2030-01-16,booked",
                        "I2,S1,2030-01-17,booked"));

        JsonObject unreadable = vendor.apply(full("bookings", 2)
                .file(
                        "bookings.csv",
                        BOOKINGS,
                        "I1,S1,2030-01-14,absent",
                        "I1,S1,demain,booked",
                        "I2,S1,2030-01-17,booked"));
        assertThat(counts(unreadable, "bookings.csv")).isEqualTo("1 rejected, 0 archived");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 ABSENT, 2030-01-15 BOOKED, 2030-01-16 BOOKED");

        JsonObject readable = vendor.apply(full("bookings", 3)
                .file(
                        "bookings.csv",
                        BOOKINGS,
                        "I1,S1,2030-01-14,absent",
                        "I1,S1,2030-01-15,peut-être",
                        "I2,S1,2030-01-17,booked"));
        assertThat(counts(readable, "bookings.csv")).isEqualTo("1 rejected, 1 archived");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 ABSENT, 2030-01-15 BOOKED, 2030-01-16 NOT_BOOKED");
    }

    private static String invoice(String ref, String amount) {
        return "%s,N1,F1,RC,Restauration,2030-01-05,2030-02-01,%s,0,0,issued".formatted(ref, amount);
    }

    @Test
    void so_it_is_with_invoices_and_their_lines() throws SQLException {
        String lines = "invoice_ref,line,label,amount";
        vendor.apply(full("billing", 1)
                .file(
                        "invoices.csv",
                        INVOICES,
                        invoice("FA1", "30.00"),
                        invoice("FA2", "30.00"),
                        invoice("FA3", "30.00"))
                .file("invoice_lines.csv", lines, "FA1,1,Repas,30.00", "FA3,1,Repas,20.00", "FA3,2,Accueil,10.00"));

        JsonObject unreadable = vendor.apply(full("billing", 2)
                .file(
                        "invoices.csv",
                        INVOICES,
                        invoice("FA1", "30.00"),
                        invoice("réf interdite", "30.00"),
                        invoice("FA3", "30.00"))
                .file("invoice_lines.csv", lines, "FA1,1,Repas,30.00", "FA3,1,Repas,20.00", "FA3,deux,Accueil,10.00"));
        assertThat(counts(unreadable, "invoices.csv")).isEqualTo("1 rejected, 0 archived");
        assertThat(counts(unreadable, "invoice_lines.csv")).isEqualTo("1 rejected, 0 archived");

        JsonObject readable = vendor.apply(full("billing", 3)
                .file("invoices.csv", INVOICES, invoice("FA1", "trente"), invoice("FA3", "30.00"))
                .file("invoice_lines.csv", lines, "FA1,1,Repas,30.00", "FA3,1,Repas,vingt"));
        assertThat(counts(readable, "invoices.csv")).isEqualTo("1 rejected, 1 archived");
        assertThat(archived("invoice")).isEqualTo("FA2");
        assertThat(counts(readable, "invoice_lines.csv")).isEqualTo("2 rejected, 1 archived");
        assertThat(town.value("select string_agg(i.ref || ' ' || l.line_no, ', ' order by i.ref, l.line_no)"
                        + " from app.invoice_line l join app.invoice i on (i.town_id, i.id) = (l.town_id, l.invoice_id)"
                        + " where l.town_id = :town and l.archived_at is null"))
                .isEqualTo("FA1 1, FA3 1");
    }
}
