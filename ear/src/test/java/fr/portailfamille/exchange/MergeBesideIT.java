package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a large lot of bookings needs besides them is found over a second connection while they are written: places above all. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X4")
class MergeBesideIT {

    private static final int ROWS = 9_000;
    /** Fewer than are read, checked or merged by two hands. */
    private static final int FEW = 900;

    /** Counters that do not say what is booked. */
    private static final String WRONG = """
            select count(*) from app.place_counter p where p.town_id = :town and p.taken <> (select count(*) from app.booking b
              where b.town_id = :town and b.day = p.day and b.state in ('BOOKED', 'BOOKING_PENDING', 'ABSENCE_PENDING')
                and (b.schedule_id = p.counter_id or b.schedule_id in (select m.schedule_id from app.pool_schedule m
                  where m.town_id = :town and m.pool_id = p.counter_id and m.archived_at is null)))
            """;

    private final List<String> rows = City.bookings().subList(1, ROWS + 1);

    private static Vendor opened() {
        Vendor town = Vendor.ofNewTown();
        City.lots(town.town()).forEach(lot -> applied(town.apply(lot)));
        return town;
    }

    private static JsonObject applied(JsonObject state) {
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        return state.getJsonObject("rows");
    }

    private static TestLot delta(Vendor town, long sequence, List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(City.HEADER));
        lines.addAll(rows);
        return TestLot.delta(town.town(), "bookings", sequence).file("bookings.csv", lines.toArray(String[]::new));
    }

    /** Absent where there was a booking, every tenth taken away. */
    private List<String> turned() {
        List<String> turned = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            turned.add(rows.get(i).replaceFirst("[^,]*$", i % 10 == 0 ? "none" : "absent"));
        }
        return turned;
    }

    @Test
    void one_large_lot_leaves_what_many_small_ones_do() throws SQLException {
        Vendor large = opened();
        assertThat(applied(large.apply(delta(large, 1, rows))).getInt("created"))
                .isEqualTo(ROWS);
        assertThat(applied(large.apply(delta(large, 2, turned()))).getInt("changed"))
                .isEqualTo(ROWS);
        assertThat(applied(large.apply(delta(large, 3, rows))).getInt("changed"))
                .isEqualTo(ROWS);

        Vendor small = opened();
        long sequence = 0;
        for (List<String> content : List.of(rows, turned(), rows)) {
            for (int from = 0; from < ROWS; from += FEW) {
                applied(small.apply(delta(small, ++sequence, content.subList(from, from + FEW))));
            }
        }
        Map<String, String> one = large.tables();
        Map<String, String> many = small.tables();
        for (String table : List.of("booking", "place_counter")) {
            assertThat(one.get(table)).as(table).isEqualTo(many.get(table)).doesNotStartWith("0 rows");
        }
        String log = "select count(*), sum(days), count(distinct key) from (select l.key, (select count(*) from"
                + " json_object_keys(l.old_value::json)) as days from app.change_log l where l.town_id = :town"
                + " and l.table_name = 'booking' and l.field = 'state') x";
        assertThat(large.rows(log))
                .as("a line for each child and lot")
                .containsExactly(List.of("1140", "18000", "570"));
        assertThat(small.rows(log).get(0).get(1)).isEqualTo("18000");
    }

    @Test
    void counters_that_were_wrong_are_right_on_the_days_of_the_lot() throws SQLException {
        Vendor town = opened();
        applied(town.apply(delta(town, 1, rows)));
        town.update("update app.place_counter set taken = taken + 7 where town_id = :town and day = '2026-09-03'");
        town.update("delete from app.place_counter where town_id = :town and day = '2026-09-04'");
        assertThat(town.value(WRONG)).isEqualTo("3");
        applied(town.apply(delta(town, 2, turned())));
        assertThat(town.value(WRONG)).isEqualTo("0");
        assertThat(town.value("select count(*) from app.place_counter where town_id = :town and day = '2026-09-04'"))
                .isEqualTo("3");
    }

    /** Its counter is locked by a family when the lot has found how much it has to add: both count. */
    @Test
    void who_books_meanwhile_is_counted_too() throws SQLException {
        Vendor town = opened();
        applied(town.apply(delta(town, 1, rows)));
        TestLot lot = delta(town, 2, turned());
        try (Connection family = town.asOwner();
                Statement statement = family.createStatement()) {
            family.setAutoCommit(false);
            String id = town.value("select :town");
            // No row of the lot is about the child on this day.
            statement.executeUpdate(
                    "insert into app.booking (town_id, individual_id, schedule_id, day, state, changed_at)"
                            + " select i.town_id, i.id, s.id, '2026-09-11', 'BOOKED', now() from app.individual i"
                            + " join app.schedule s on s.town_id = i.town_id and s.ref = 'S2' where i.town_id = " + id
                            + " and i.ref = 'I570' on conflict do nothing");
            statement.executeUpdate(
                    "update app.place_counter p set taken = taken + 1 from app.schedule s where s.town_id = p.town_id"
                            + " and (p.counter_id = s.id or p.counter_id in (select m.pool_id from app.pool_schedule m"
                            + " where m.town_id = s.town_id and m.schedule_id = s.id)) and s.ref = 'S2' and p.town_id = "
                            + id + " and p.day = '2026-09-11'");
            assertThat(town.send(lot).status()).isEqualTo(202);
            awaitSomebodyWhoWaitsFor(town, statement);
            family.commit();
        }
        applied(town.await(lot.id(), "APPLIED"));
        assertThat(town.value(WRONG)).isEqualTo("0");
    }

    private static void awaitSomebodyWhoWaitsFor(Vendor town, Statement holder) throws SQLException {
        String transaction;
        try (var row = holder.executeQuery("select pg_current_xact_id()")) {
            row.next();
            transaction = row.getString(1);
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (town.value("select count(*) from pg_locks where not granted and transactionid::text = '" + transaction
                        + "'")
                .equals("0")) {
            assertThat(System.nanoTime()).as("until the lot meets the counter").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void a_key_twice_in_a_large_lot_is_told_and_the_rest_is_taken() throws SQLException {
        Vendor town = opened();
        List<String> twice = new ArrayList<>(rows);
        twice.add(rows.get(0));
        twice.add(rows.get(1).replace("booked", "absent"));
        JsonObject first = applied(town.apply(delta(town, 1, twice)));
        assertThat(first.getInt("created")).isEqualTo(ROWS - 1);
        assertThat(first.getInt("unchanged")).isEqualTo(1);
        assertThat(first.getInt("rejected")).isEqualTo(2);
        JsonObject again = applied(town.apply(delta(town, 2, twice)));
        assertThat(again.getInt("unchanged")).isEqualTo(ROWS);
        assertThat(again.getInt("rejected")).isEqualTo(2);
        assertThat(town.value(WRONG)).isEqualTo("0");
    }
}
