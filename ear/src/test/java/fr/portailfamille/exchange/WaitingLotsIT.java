package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Waiting;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One place, one child that has asked for it, and one that waits: lots that free the place, or say who serves the list. */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(240)
class WaitingLotsIT {

    private static final String DAY = "2030-01-14";

    private final RequestedTown town;
    private String first;
    private String second;
    private long decisions;

    WaitingLotsIT() throws SQLException {
        town = new RequestedTown();
    }

    @BeforeEach
    void one_place() throws SQLException {
        apply(reference(2, 1)
                .file("activities.csv", "activity_ref,name,kind,decision", "CANT,Cantine,canteen,automatic"));
        first = town.asks(1, "BOOK", DAY);
        second = town.asks(2, "BOOK", DAY);
    }

    @Test
    void a_place_that_a_decision_frees_is_given_to_the_one_who_waits() throws Exception {
        decide(second, "waitlisted,");
        assertThat(town.bookings(2)).isEqualTo(DAY + " WAITLISTED");
        assertThat(town.places(DAY)).isEqualTo("S1 1, P1 1");

        decide(first, "refused,");

        awaitBooked();
        assertThat(town.request(second)).isEqualTo("ACCEPTED 1/1 2: ACCEPTED");
        assertThat(town.places(DAY)).isEqualTo("S1 1, P1 1");
        assertThat(
                        town.value(
                                "select string_agg(d.operation || ' ' || l.outcome, ', ' order by d.id) from app.dispatch d"
                                        + " join app.dispatch_line l on (l.town_id, l.dispatch_id) = (d.town_id, d.id) where d.town_id = :town"))
                .isEqualTo("UPDATE ACCEPTED");
        assertThat(town.value("select string_agg(account_id || ' ' || outcome, ', ' order by id) from app.decision"
                        + " where town_id = :town"))
                .isEqualTo("2 WAITLISTED, 1 REFUSED, 2 ACCEPTED");
    }

    @Test
    void a_place_that_a_lot_of_bookings_frees_is_given_to_the_one_who_waits() throws Exception {
        decide(second, "waitlisted,");

        apply(TestLot.delta(town.vendor.town(), "bookings", 1)
                .file("bookings.csv", "individual_ref,schedule_ref,date,state", "I1,S1," + DAY + ",absent"));

        awaitBooked();
        assertThat(town.places(DAY)).isEqualTo("S1 1, P1 1");
    }

    @Test
    void a_capacity_that_is_raised_serves_the_one_who_waits() throws Exception {
        decide(second, "waitlisted,");

        apply(reference(3, 2));

        awaitBooked();
        assertThat(town.bookings(1)).isEqualTo(DAY + " BOOKING_PENDING");
        assertThat(town.places(DAY)).isEqualTo("S1 2, P1 2");
    }

    @Test
    void who_has_a_rank_of_enfance_is_left_to_it() throws Exception {
        decide(second, "waitlisted,4");

        decide(first, "refused,");

        assertThat(town.request(second)).startsWith("IN_PROGRESS 0/1").endsWith("WAITLISTED 4");
        assertThat(town.value("select count(*) from app.work_due where kind = 'WAITING' and town_id = :town"))
                .isEqualTo("0");
        assertThat(town.places(DAY)).isEqualTo("S1 0, P1 0");
    }

    private TestLot reference(long sequence, int capacity) {
        return TestLot.delta(town.vendor.town(), "reference", sequence)
                .file(
                        "schedules.csv",
                        "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,capacity,valid_from,valid_to",
                        "S1,CANT,E1,12:00,13:45,12345," + capacity + ",2026-01-01,2036-12-31");
    }

    private void decide(String request, String decisionAndRank) {
        apply(TestLot.delta(town.vendor.town(), "decisions", ++decisions)
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,rank,decided_at",
                        request + ",1," + decisionAndRank + ",2026-11-20T07:44:00+01:00"));
    }

    private void apply(TestLot lot) {
        JsonObject state = town.vendor.apply(lot);
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
    }

    private void awaitBooked() throws SQLException {
        while (!town.bookings(2).equals(DAY + " BOOKED")) {
            Waiting.aMoment();
        }
    }
}
