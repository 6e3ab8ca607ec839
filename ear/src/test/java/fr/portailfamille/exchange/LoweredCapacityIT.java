package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A lot of reference data that leaves fewer places than are taken: it is applied, and says where and by how many. */
@Tag("container")
@Tag("X1")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LoweredCapacityIT {

    private static final String SCHEDULES =
            "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,capacity,valid_from,valid_to";
    private static final String DATES = "schedule_ref,date,open,capacity";
    private static final String POOLS = "pool_ref,name,capacity";

    private final RequestedTown town;
    private final Vendor vendor;
    private long sequence = 1;

    LoweredCapacityIT() throws SQLException {
        town = new RequestedTown();
        vendor = town.vendor;
    }

    /** Two children on a Monday that is over, on a Monday and a Tuesday to come, one of them on the Wednesday. */
    @BeforeEach
    void book() {
        JsonObject booked = vendor.apply(TestLot.delta(vendor.town(), "bookings", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        "I1,S1,2026-11-02,booked",
                        "I2,S1,2026-11-02,booked",
                        "I1,S1,2030-01-21,booked",
                        "I2,S1,2030-01-21,booked",
                        "I1,S1,2030-01-22,booked",
                        "I2,S1,2030-01-22,booked",
                        "I1,S1,2030-01-23,booked"));
        assertThat(booked.getJsonObject("rows").getInt("created"))
                .as(booked.toString())
                .isEqualTo(7);
    }

    @Test
    void each_row_that_lowers_a_capacity_tells_the_days_to_come_on_which_more_is_taken() {
        TestLot lot = reference()
                .file("schedules.csv", SCHEDULES, schedule(1))
                .file("schedule_dates.csv", DATES, "S1,2030-01-22,1,0")
                .file("pools.csv", POOLS, "P1,Salle,0")
                .file("pool_dates.csv", "pool_ref,date,capacity", "P1,2030-01-22,1");
        JsonObject simulated = vendor.simulate(lot);
        List<String> told = told(lot, "/dry-run");

        assertThat(told)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("schedules.csv;2;capacity;OVER_CAPACITY;warning;;")
                                .contains("le 21/01/2030, 1 de trop"),
                        line -> assertThat(line)
                                .startsWith("schedule_dates.csv;2;capacity;OVER_CAPACITY;warning;;")
                                .contains("le 22/01/2030, 2 de trop"),
                        line -> assertThat(line)
                                .startsWith("pools.csv;2;capacity;OVER_CAPACITY;warning;;")
                                .contains("2 journées à partir du 21/01/2030, jusqu'à 2 de trop"),
                        line -> assertThat(line)
                                .startsWith("pool_dates.csv;2;capacity;OVER_CAPACITY;warning;;")
                                .contains("le 22/01/2030, 1 de trop"));
        assertThat(simulated.getJsonObject("rows").getInt("warnings")).isEqualTo(4);

        JsonObject applied = vendor.apply(lot);
        assertThat(applied.getString("state")).isEqualTo("APPLIED");
        assertThat(applied.get("files")).isEqualTo(simulated.get("files"));
        assertThat(told(lot, "")).isEqualTo(told);
        assertThat(applied.getJsonObject("files").getJsonObject("pools.csv").getInt("warnings"))
                .isEqualTo(1);
    }

    @Test
    void what_stays_as_low_as_it_was_is_not_told_again() {
        told(applied(reference().file("schedules.csv", SCHEDULES, schedule(1))), 1);
        told(applied(reference().file("schedules.csv", SCHEDULES, schedule(1))), 0);
        told(applied(reference().file("schedules.csv", SCHEDULES, schedule(1).replace("13:45", "14:00"))), 0);
        told(applied(reference().file("schedules.csv", SCHEDULES, schedule(0))), 1);
        told(applied(reference().file("schedules.csv", SCHEDULES, schedule(1))), 0);
    }

    @Test
    void an_exception_that_goes_leaves_the_capacity_of_the_schedule() throws SQLException {
        told(
                applied(reference()
                        .file("schedules.csv", SCHEDULES, schedule(1))
                        .file("schedule_dates.csv", DATES, "S1,2030-01-21,1,2", "S1,2030-01-22,1,2")),
                0);
        assertThat(capacities("S1")).isEqualTo("2026-11-02 2/1, 2030-01-21 2/2, 2030-01-22 2/2, 2030-01-23 1/1");

        TestLot gone = applied(reference().file("schedule_dates.csv", DATES + ",archived", "S1,2030-01-22,1,2,1"));
        assertThat(told(gone, ""))
                .singleElement()
                .asString()
                .startsWith("schedule_dates.csv;2;capacity;OVER_CAPACITY")
                .contains("le 22/01/2030, 1 de trop");
        assertThat(capacities("S1")).isEqualTo("2026-11-02 2/1, 2030-01-21 2/2, 2030-01-22 2/1, 2030-01-23 1/1");

        TestLot missing = applied(TestLot.full(vendor.town(), "reference", ++sequence)
                .file("schedules.csv", SCHEDULES, schedule(1))
                .file("schedule_dates.csv", DATES, "S1,2030-02-04,1,2"));
        assertThat(told(missing, ""))
                .singleElement()
                .asString()
                .startsWith("schedules.csv;2;capacity;OVER_CAPACITY")
                .contains("le 21/01/2030, 1 de trop");
        assertThat(capacities("S1")).isEqualTo("2026-11-02 2/1, 2030-01-21 2/1, 2030-01-22 2/1, 2030-01-23 1/1");
    }

    @Test
    void a_pool_that_comes_back_from_the_archive_limits_again_and_tells() throws SQLException {
        told(applied(reference().file("pools.csv", POOLS + ",archived", "P1,Salle,1,1")), 0);
        assertThat(capacities("P1")).isEqualTo("2026-11-02 2, 2030-01-21 2, 2030-01-22 2, 2030-01-23 1");
        vendor.apply(TestLot.delta(vendor.town(), "bookings", 2)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state",
                        "I1,S1,2030-01-21,none",
                        "I2,S1,2030-01-23,booked",
                        "I2,S1,2030-01-24,booked"));
        assertThat(capacities("P1"))
                .as("not counted meanwhile")
                .isEqualTo("2026-11-02 2, 2030-01-21 2, 2030-01-22 2, 2030-01-23 1");

        TestLot back = applied(reference().file("pools.csv", POOLS, "P1,Salle,1"));

        assertThat(capacities("P1"))
                .isEqualTo("2026-11-02 2/1, 2030-01-21 1/1, 2030-01-22 2/1, 2030-01-23 2/1, 2030-01-24 1/1");
        assertThat(told(back, ""))
                .singleElement()
                .asString()
                .startsWith("pools.csv;2;capacity;OVER_CAPACITY")
                .contains("2 journées à partir du 22/01/2030, jusqu'à 1 de trop");
    }

    private TestLot reference() {
        return TestLot.delta(vendor.town(), "reference", ++sequence);
    }

    private static String schedule(int capacity) {
        return "S1,CANT,E1,12:00,13:45,12345," + capacity + ",2026-01-01,2036-12-31";
    }

    private TestLot applied(TestLot lot) {
        assertThat(vendor.apply(lot).getString("state")).isEqualTo("APPLIED");
        return lot;
    }

    private List<String> told(TestLot lot, String kind) {
        return vendor.get("/lots/" + lot.id() + kind + "/rejects.csv")
                .body()
                .lines()
                .skip(1)
                .toList();
    }

    private void told(TestLot lot, int lines) {
        assertThat(told(lot, "")).hasSize(lines);
    }

    /** Of the schedule or pool: what is taken and what there is, day by day. */
    private String capacities(String ref) throws SQLException {
        return town.value(
                "select string_agg(concat_ws(' ', c.day, concat_ws('/', c.taken, c.capacity)), ', ' order by c.day)"
                        + " from app.place_counter c join (select town_id, id, ref from app.schedule union all"
                        + " select town_id, id, ref from app.pool) r on (r.town_id, r.id) = (c.town_id, c.counter_id)"
                        + " where c.town_id = :town and r.ref = '" + ref + "'");
    }
}
