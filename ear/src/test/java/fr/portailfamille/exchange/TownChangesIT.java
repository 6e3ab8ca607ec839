package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** « Modifié par la ville »: days to come that a lot changes without a request are told once, to all who see them. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X4")
@Tag("P11")
class TownChangesIT {

    private static final String HEADER = "individual_ref,schedule_ref,date,state";

    private final RequestedTown town;
    private long sequence;

    TownChangesIT() throws SQLException {
        town = new RequestedTown();
    }

    private JsonObject bookings(String mode, String... rows) {
        sequence++;
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(List.of(rows));
        TestLot lot = mode.equals("full")
                ? TestLot.full(town.vendor.town(), "bookings", sequence)
                : TestLot.delta(town.vendor.town(), "bookings", sequence);
        JsonObject state = town.vendor.apply(lot.file("bookings.csv", lines.toArray(String[]::new)));
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state;
    }

    /** Account, day, old and new state of what is to be told, or was. */
    private String changes() throws SQLException {
        return town.value("select string_agg(concat_ws(' ', account_id, day, old_state || '>' || new_state), ', '"
                + " order by account_id, day, id) from app.booking_change where town_id = :town");
    }

    @Test
    void a_delta_tells_what_changed_of_days_to_come_and_nothing_else() throws SQLException {
        bookings("delta", "I1,S1,2030-01-14,booked", "I1,S1,2030-01-15,booked", "I1,S1,2026-02-02,booked");
        assertThat(changes()).as("a first load").isEmpty();
        bookings(
                "delta",
                "I1,S1,2030-01-14,absent",
                "I1,S1,2030-01-15,booked",
                "I1,S1,2030-01-16,booked",
                "I1,S1,2030-01-17,none",
                "I1,S1,2026-02-02,none");
        assertThat(changes()).isEqualTo("1 2030-01-14 BOOKED>ABSENT, 1 2030-01-16 NOT_BOOKED>BOOKED");
        assertThat(town.value(
                        "select string_agg(concat_ws(' ', c.key, o.key, o.value || '>' || n.value), ', ' order by o.key)"
                                + " from app.change_log c, json_each_text(c.old_value::json) o, json_each_text(c.new_value::json) n"
                                + " where c.town_id = :town and c.table_name = 'booking' and n.key = o.key"))
                .as("the change log, by child")
                .isEqualTo("I1 S1|2026-02-02 BOOKED>NOT_BOOKED, I1 S1|2030-01-14 BOOKED>ABSENT,"
                        + " I1 S1|2030-01-16 NOT_BOOKED>BOOKED");
        bookings("full", "I1,S1,2030-01-14,booked", "I1,S1,2030-01-16,none");
        assertThat(changes()).as("full lots").isEqualTo("1 2030-01-14 BOOKED>ABSENT, 1 2030-01-16 NOT_BOOKED>BOOKED");
    }

    @Test
    void both_families_of_a_child_hear_of_it_unless_one_may_not_see_it() throws SQLException {
        town.vendor.apply(TestLot.delta(town.vendor.town(), "individuals", 2)
                .file(
                        "memberships.csv",
                        "family_ref,individual_ref,role,access",
                        "F2,I1,child,read",
                        "F1,I2,child,none"));
        bookings("delta", "I1,S1,2030-01-14,booked", "I2,S1,2030-01-14,booked");
        bookings("delta", "I1,S1,2030-01-14,none", "I2,S1,2030-01-14,none");
        assertThat(changes())
                .isEqualTo(
                        "1 2030-01-14 BOOKED>NOT_BOOKED, 2 2030-01-14 BOOKED>NOT_BOOKED, 2 2030-01-14 BOOKED>NOT_BOOKED");
    }

    @Test
    void a_line_that_the_lot_decides_is_told_as_a_decision_only() throws SQLException {
        bookings("delta", "I2,S1,2030-01-14,booked");
        String asked = town.asks(1, "BOOK", "2030-01-14", "2030-01-15");
        bookings("delta", "I1,S1,2030-01-14,booked", "I1,S1,2030-01-15,none");
        assertThat(changes()).isEmpty();
        assertThat(town.request(asked)).isEqualTo("IN_PROGRESS 1/2 1: ACCEPTED, TRANSMITTED");
        assertThat(town.value(
                        "select string_agg(line || ' ' || outcome, ', ') from app.decision where town_id = :town"))
                .isEqualTo("1 ACCEPTED");
    }

    @Test
    void each_change_is_in_exactly_one_digest() throws SQLException {
        bookings("delta", "I1,S1,2030-01-14,booked");
        bookings("delta", "I1,S1,2030-01-14,none");
        JsonObject digest = town.vendor.digest();
        assertThat(digest.getInt("accounts")).isEqualTo(1);
        assertThat(digest.getInt("changes")).isEqualTo(1);
        assertThat(town.vendor.digest().getInt("changes")).isZero();
        assertThat(town.value("select sum(changes) from app.digest_window where town_id = :town"))
                .isEqualTo("1");
        assertThat(town.value("select count(*) from app.notice where town_id = :town and template = 'DIGEST'"))
                .isEqualTo("1");
    }
}
