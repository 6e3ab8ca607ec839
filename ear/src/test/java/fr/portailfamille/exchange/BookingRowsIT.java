package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which of a lot's rows become bookings does not depend on what else the lot has, nor on what is stored. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X4")
class BookingRowsIT {

    private static final String HEADER = "individual_ref,schedule_ref,date,state";
    private static final String OF_FAMILIES = HEADER + ",family_ref";
    private static final String OTHER = "I2,S1,2030-01-14,booked";

    private final RequestedTown town;
    private long sequence;

    BookingRowsIT() throws SQLException {
        town = new RequestedTown();
    }

    private String delta(String header, String... rows) {
        return told(TestLot.delta(town.vendor.town(), "bookings", ++sequence), header, rows);
    }

    private String told(TestLot lot, String header, String... rows) {
        String[] lines = new String[rows.length + 1];
        lines[0] = header;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        JsonObject state = town.vendor.apply(lot.file("bookings.csv", lines));
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        JsonObject counts = state.getJsonObject("rows");
        assertThat(counts.getInt("created")
                        + counts.getInt("changed")
                        + counts.getInt("unchanged")
                        + counts.getInt("rejected"))
                .as(state.toString())
                .isEqualTo(rows.length);
        return "%d created, %d changed, %d unchanged, %d rejected"
                .formatted(
                        counts.getInt("created"),
                        counts.getInt("changed"),
                        counts.getInt("unchanged"),
                        counts.getInt("rejected"));
    }

    private String rejected() throws SQLException {
        return told("REJECT");
    }

    private String warned() throws SQLException {
        return told("WARNING");
    }

    /** Of the last lot. */
    private String told(String severity) throws SQLException {
        return town.value(
                "select string_agg(line || ' ' || code, ', ' order by line) from app.rejected_row where town_id = :town"
                        + " and severity = '" + severity
                        + "' and run_id = (select max(id) from app.processing_run where town_id = :town)");
    }

    @Test
    void a_key_that_is_booked_and_not_booked_is_neither() throws SQLException {
        assertThat(delta(HEADER, "I1,S1,2030-01-14,booked", "I1,S1,2030-01-14,none"))
                .isEqualTo("0 created, 0 changed, 0 unchanged, 2 rejected");
        assertThat(rejected()).isEqualTo("2 DUPLICATE_KEY, 3 DUPLICATE_KEY");
        assertThat(town.bookings(1)).isEmpty();

        delta(HEADER, OTHER, "I1,S1,2030-01-14,booked");
        assertThat(delta(HEADER, "I1,S1,2030-01-14,booked", "I1,S1,2030-01-14,none", OTHER))
                .as("with what is stored")
                .isEqualTo("0 created, 0 changed, 1 unchanged, 2 rejected");
        assertThat(rejected()).isEqualTo("2 DUPLICATE_KEY, 3 DUPLICATE_KEY");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKED");
    }

    @Test
    void a_row_whose_family_is_not_known_makes_its_twin_as_doubtful_with_and_without_other_rows() throws SQLException {
        String unknown = "I1,S1,2030-01-14,booked,INCONNUE";
        delta(HEADER, OTHER);
        for (String state : new String[] {"absent", "booked"}) {
            String known = "I1,S1,2030-01-14," + state + ",F1";
            assertThat(delta(OF_FAMILIES, known, unknown)).isEqualTo("0 created, 0 changed, 0 unchanged, 2 rejected");
            assertThat(rejected()).isEqualTo("2 DUPLICATE_KEY, 3 UNKNOWN_REFERENCE");
            assertThat(delta(OF_FAMILIES, unknown, known, OTHER + ","))
                    .as("beside one that changes nothing")
                    .isEqualTo("0 created, 0 changed, 1 unchanged, 2 rejected");
            assertThat(rejected()).isEqualTo("2 UNKNOWN_REFERENCE, 3 DUPLICATE_KEY");
        }
        assertThat(town.bookings(1)).isEmpty();
    }

    @Test
    void who_names_the_family_is_told_of_days_without_a_registration_as_well() throws SQLException {
        for (String state : new String[] {"booked", "absent"}) {
            delta(OF_FAMILIES, "I1,S1,2030-01-14," + state + ",F1", "I3,S1,2030-01-14," + state + ",F1");
            assertThat(warned()).as(state).isEqualTo("3 NO_REGISTRATION");
        }
        assertThat(town.bookings(3)).isEqualTo("2030-01-14 ABSENT");
    }

    @Test
    void a_day_that_goes_to_the_other_family_is_changed_in_a_delta_and_in_a_full_lot() throws SQLException {
        String row = "I1,S1,2030-01-14,booked,";
        delta(OF_FAMILIES, row, OTHER + ",");
        assertThat(family()).isEqualTo("F1");
        assertThat(delta(OF_FAMILIES, row + "F2", OTHER + ","))
                .isEqualTo("0 created, 1 changed, 1 unchanged, 0 rejected");
        assertThat(family()).isEqualTo("F2");
        assertThat(town.value("select string_agg(concat_ws(' ', key, old_value, new_value), ', ') from app.change_log"
                        + " where town_id = :town and table_name = 'booking' and field = 'family'"))
                .isEqualTo("I1 { \"S1|2030-01-14\" : \"F1\" } { \"S1|2030-01-14\" : \"F2\" }");
        assertThat(delta(OF_FAMILIES, row + "F2", row.replace("14", "15"), OTHER + ","))
                .as("and what names none leaves it")
                .isEqualTo("1 created, 0 changed, 2 unchanged, 0 rejected");
        assertThat(delta(HEADER, "I1,S1,2030-01-14,booked")).isEqualTo("0 created, 0 changed, 1 unchanged, 0 rejected");
        assertThat(family()).isEqualTo("F2");
        assertThat(told(TestLot.full(town.vendor.town(), "bookings", ++sequence), OF_FAMILIES, row + "F1", OTHER + ","))
                .as("of a full lot, which lacks the fifteenth")
                .isEqualTo("0 created, 1 changed, 1 unchanged, 0 rejected");
        assertThat(family()).isEqualTo("F1");
    }

    @Test
    void without_a_family_a_day_goes_to_the_one_that_has_the_child_that_week_of_those_that_registered_it_for_the_day()
            throws SQLException {
        town.vendor.apply(TestLot.delta(town.vendor.town(), "individuals", 2)
                .file(
                        "memberships.csv",
                        "family_ref,individual_ref,role,custody",
                        "F1,I1,child,even_weeks",
                        "F2,I1,child,odd_weeks"));
        town.vendor.apply(TestLot.delta(town.vendor.town(), "registrations", 2)
                .file(
                        "registrations.csv",
                        "registration_ref,individual_ref,family_ref,schedule_ref,start,end,weekdays,status",
                        "R3,I1,F2,S1,2026-01-01,2036-12-31,1,active"));
        // Mondays of the weeks 3 and 4, and the Tuesday of week 3.
        delta(HEADER, "I1,S1,2030-01-14,booked", "I1,S1,2030-01-21,booked", "I1,S1,2030-01-15,booked");
        assertThat(town.value(
                        "select string_agg(b.day || ' ' || f.ref, ', ' order by b.day) from app.booking b join app.family f"
                                + " on (f.town_id, f.id) = (b.town_id, b.family_id) where b.town_id = :town"))
                .isEqualTo("2030-01-14 F2, 2030-01-15 F1, 2030-01-21 F1");
        assertThat(warned()).isEmpty();
    }

    private String family() throws SQLException {
        return town.value(
                "select f.ref from app.booking b join app.family f on (f.town_id, f.id) = (b.town_id, b.family_id)"
                        + " join app.individual i on (i.town_id, i.id) = (b.town_id, b.individual_id) where b.town_id = :town"
                        + " and b.day = '2030-01-14' and i.ref = 'I1'");
    }

    @Test
    void the_same_row_twice_counts_once_whatever_is_wrong_elsewhere() throws SQLException {
        String row = "I1,S1,2030-01-14,booked";
        assertThat(delta(HEADER, row, row, OTHER, OTHER.replace("booked", "absent")))
                .isEqualTo("1 created, 0 changed, 1 unchanged, 2 rejected");
        assertThat(rejected()).isEqualTo("4 DUPLICATE_KEY, 5 DUPLICATE_KEY");
        assertThat(town.bookings(1)).isEqualTo("2030-01-14 BOOKED");
    }

    @Test
    void rows_of_one_key_are_compared_where_none_changes_anything_too() throws SQLException {
        String header = HEADER + ",archived";
        delta(HEADER, OTHER);
        String none = "I1,S1,2030-01-14,none,0";
        String archived = "I1,S1,2030-01-14,booked,1";
        assertThat(delta(header, none, archived)).isEqualTo("0 created, 0 changed, 0 unchanged, 2 rejected");
        assertThat(delta(header, none, none)).isEqualTo("0 created, 0 changed, 2 unchanged, 0 rejected");
        delta(HEADER, "I1,S1,2030-01-14,booked");
        assertThat(delta(header, none, archived)).isEqualTo("0 created, 0 changed, 0 unchanged, 2 rejected");
        assertThat(rejected()).isEqualTo("2 DUPLICATE_KEY, 3 DUPLICATE_KEY");
    }

    @Test
    void what_is_stored_on_the_first_and_on_the_last_day_of_a_lot_is_compared_with_it() throws SQLException {
        delta(HEADER, "I1,S1,2030-01-14,booked", "I1,S1,2030-01-15,booked", "I1,S1,2030-01-18,booked");
        assertThat(delta(
                        HEADER,
                        "I1,S1,2030-01-14,peut-être",
                        "I1,S1,2030-01-15,absent",
                        "I1,S1,2030-01-16,booked",
                        "I1,S1,2030-01-17,peut-être",
                        "I1,S1,2030-01-18,absent"))
                .isEqualTo("1 created, 2 changed, 0 unchanged, 2 rejected");
        assertThat(delta(HEADER, "I1,S1,2030-01-14,booked", "I1,S1,2030-01-18,absent"))
                .isEqualTo("0 created, 0 changed, 2 unchanged, 0 rejected");
        assertThat(town.bookings(1))
                .isEqualTo("2030-01-14 BOOKED, 2030-01-15 ABSENT, 2030-01-16 BOOKED, 2030-01-18 ABSENT");
    }
}
