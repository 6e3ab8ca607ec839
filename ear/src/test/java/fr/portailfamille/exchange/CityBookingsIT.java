package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.launcher.PortalApi;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A city's first bookings get a partition of their own, and are there as if they had been written one by one. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X4")
class CityBookingsIT {
    private static final String PARTITION = "to_regclass('app.booking_town_' || :town)";

    private final Vendor city = Vendor.ofNewTown();

    private static void open(Vendor town) {
        City.lots(town.town()).forEach(lot -> assertApplied(town.apply(lot)));
    }

    private static TestLot bookings(Vendor town, String mode, long sequence, List<String> rows) {
        TestLot lot = mode.equals("full")
                ? TestLot.full(town.town(), "bookings", sequence)
                : TestLot.delta(town.town(), "bookings", sequence);
        return lot.file("bookings.csv", rows.toArray(String[]::new));
    }

    private static void assertApplied(JsonObject state) {
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
    }

    @Test
    void are_the_same_as_if_written_one_by_one() throws SQLException {
        List<String> rows = City.bookings();
        int booked = rows.size() - 1 - City.REJECTED - City.NOTHING;
        assertThat(booked).isGreaterThan(200_000);
        open(city);
        JsonObject state = city.apply(bookings(city, "full", 1, rows));
        assertApplied(state);
        assertThat(city.value("select " + PARTITION)).startsWith("app.booking_town_");
        assertThat(city.value("select reloptions from pg_class where oid = " + PARTITION))
                .as("room for changes, and vacuum as for any table")
                .isEqualTo("{fillfactor=85}");
        assertThat(city.value("select count(*) from app.booking where town_id = :town"))
                .isEqualTo(Integer.toString(booked));
        JsonObject counts = state.getJsonObject("files").getJsonObject("bookings.csv");
        assertThat(counts.getInt("created")).isEqualTo(booked);
        assertThat(counts.getInt("rejected")).isEqualTo(City.REJECTED);

        Vendor slow = Vendor.ofNewTown();
        open(slow);
        // With something there already, the lot is merged row by row.
        assertApplied(slow.apply(bookings(slow, "delta", 1, List.of(City.HEADER, rows.get(1)))));
        assertApplied(slow.apply(bookings(slow, "full", 2, rows)));
        assertThat(slow.value("select " + PARTITION)).isNull();

        Map<String, String> apart = city.tables();
        Map<String, String> shared = slow.tables();
        for (String table : List.of("booking", "place_counter", "rejected_row")) {
            assertThat(apart.get(table)).as(table).isEqualTo(shared.get(table)).doesNotStartWith("0 rows");
        }
        assertThat(
                        city.value(
                                "select string_agg(distinct code, ' ' order by code) from app.rejected_row where town_id = :town"))
                .isEqualTo("BAD_DATE CLOSED_DAY NO_REGISTRATION OUT_OF_PERIOD OVER_CAPACITY UNKNOWN_REFERENCE");

        // What comes later is merged into the partition.
        JsonObject later = city.apply(bookings(
                city,
                "delta",
                2,
                List.of(City.HEADER, "I1,S1,2026-09-01,absent", "I1,S1,2026-09-07,none", "I2,S1,2026-09-07,booked")));
        assertThat(later.getJsonObject("rows").getInt("changed")).isEqualTo(2);
        assertThat(later.getJsonObject("rows").getInt("unchanged")).isEqualTo(1);
        theWallHolds();
    }

    @Test
    void a_town_that_grew_is_moved_by_the_operator_and_goes_on_there() throws SQLException {
        open(city);
        List<String> rows = City.bookings().subList(0, 2_001);
        assertApplied(city.apply(bookings(city, "delta", 1, rows)));
        Map<String, String> before = city.tables();

        PortalApi.Answer answer = city.partition();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getBoolean("moved")).isTrue();
        assertThat(answer.json().getInt("bookings")).isEqualTo(2_000);
        assertThat(city.tables()).isEqualTo(before);
        assertThat(city.value("select " + PARTITION)).startsWith("app.booking_town_");

        assertApplied(city.apply(bookings(
                city, "delta", 2, List.of(City.HEADER, "I1,S1,2026-09-01,absent", "I2,S1,2026-12-07,booked"))));
        assertThat(city.value("select count(*) from app.booking_shared where town_id = :town"))
                .isEqualTo("0");
        PortalApi.Answer again = city.partition();
        assertThat(again.json().getBoolean("moved")).isFalse();
    }

    @Test
    void say_which_days_no_registration_covers_where_rows_name_the_family_too() throws SQLException {
        List<String> rows = City.bookings();
        // One child has none at all, nobody has one for Wednesdays.
        long unregistered = rows.stream()
                .filter(row -> row.startsWith("I570,") || row.contains(",2026-09-02,"))
                .count();
        open(city);
        List<String> named = rows.stream()
                .map(row -> row + (row.equals(City.HEADER) ? ",family_ref" : ",F1"))
                .toList();
        assertApplied(city.apply(bookings(city, "full", 1, named)));
        assertThat(city.value("select " + PARTITION)).startsWith("app.booking_town_");
        assertThat(city.value(
                        "select count(*) from app.rejected_row where town_id = :town and code = 'NO_REGISTRATION'"))
                .isEqualTo(Long.toString(unregistered));
        assertThat(city.value("select count(*) from app.booking where town_id = :town and family_id is null"))
                .isEqualTo("0");
    }

    /** Addressed directly, the partition is closed to the application; and if it were not, it would show one town only. */
    private void theWallHolds() throws SQLException {
        int town = Integer.parseInt(city.value("select :town"));
        String partition = "app.booking_town_" + town;
        try (Connection application = city.asApplication();
                Connection owner = city.asOwner();
                Statement asked = application.createStatement();
                Statement opened = owner.createStatement()) {
            actFor(asked, town);
            assertThat(count(asked, "app.booking")).isGreaterThan(200_000);
            assertThatThrownBy(() -> count(asked, partition)).hasMessageContaining("permission denied");
            actFor(asked, town + 1_000_000);
            assertThat(count(asked, "app.booking")).isZero();

            opened.execute("grant select, delete on " + partition + " to portal_app");
            try {
                assertThat(count(asked, partition)).isZero();
                assertThat(asked.executeUpdate("delete from " + partition)).isZero();
                asked.execute("reset portal.town");
                assertThatThrownBy(() -> count(asked, partition)).isInstanceOf(SQLException.class);
                actFor(asked, town);
                assertThat(count(asked, partition)).isGreaterThan(200_000);
            } finally {
                opened.execute("revoke all on " + partition + " from portal_app");
            }
        }
    }

    private static void actFor(Statement statement, int town) throws SQLException {
        statement.execute("select set_config('portal.town', '" + town + "', false)");
    }

    private static long count(Statement statement, String table) throws SQLException {
        try (ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void a_key_that_is_there_twice_is_found_as_in_any_lot() throws SQLException {
        List<String> rows = City.bookings();
        rows.add(rows.get(1));
        rows.add(rows.get(2).replace("booked", "absent"));
        open(city);
        JsonObject counts = city.apply(bookings(city, "full", 1, rows))
                .getJsonObject("files")
                .getJsonObject("bookings.csv");
        assertThat(counts.getInt("rejected")).isEqualTo(City.REJECTED + 2);
        assertThat(counts.getInt("created")).isEqualTo(rows.size() - 1 - City.REJECTED - City.NOTHING - 3);
        assertThat(city.value("select " + PARTITION)).isNull();
        assertThat(city.value("select count(*) from pg_class where relname like 'booking\\_aside\\_%'"))
                .isEqualTo("0");
    }
}
