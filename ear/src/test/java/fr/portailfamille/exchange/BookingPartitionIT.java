package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.booking.CellId;
import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.PlanningBusyException;
import fr.portailfamille.booking.Wish;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.TownPartition.Moved;
import fr.portailfamille.exchange.TownPartition.Outcome;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A town moves into a partition of its own: its families read on, and afterwards all is as it was, walls included. */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
class BookingPartitionIT {

    private static final int PAST_BOOKINGS = 20_000;

    @EJB
    private FamilyPlanning planning;

    @EJB
    private PartitionMove acts;

    @EJB
    private TownGate gate;

    @Inject
    private TownPartition partition;

    @Inject
    private TownLeases leases;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    private OutgoingScene scene() throws Exception {
        return new OutgoingScene(planning, clock, owner);
    }

    private static String bookings(OutgoingScene scene) {
        return scene.town
                .texts("select count(*) || ' ' || coalesce(md5(string_agg(b::text, '|' order by individual_id, day,"
                        + " schedule_id)), '') from booking b where town_id = ?")
                .get(0);
    }

    private static int count(OutgoingScene scene, String table) {
        return scene.town.number("select count(*) from " + table + " where town_id = ?");
    }

    private static String ownTable(OutgoingScene scene) {
        return "booking_town_" + scene.town.id();
    }

    private static void hasNothingLeftBehind(OutgoingScene scene) {
        assertThat(scene.town.texts("select relname from pg_class where relname like 'booking\\_aside\\_0\\_' || ?"
                        + " union all select conname from pg_constraint where conname like 'booking\\_moving\\_%'"))
                .isEmpty();
    }

    private void asks(OutgoingScene.Family family, CellId cell) throws Exception {
        family.parent
                .caller()
                .call(() -> planning.submit(UUID.randomUUID(), clock.instant(), List.of(Wish.toBook(cell))));
    }

    @Test
    void everything_moves_while_families_read_on() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        OutgoingScene.Family other = scene.new Family();
        family.book(family.cell(scene.decidedHere), family.cell(scene.decidedThere));
        other.book(other.cell(scene.decidedHere));
        scene.town.write(
                "insert into booking (town_id, individual_id, schedule_id, day, state, changed_at) select ?, ?, ?,"
                        + " date '1960-01-01' + n, 'BOOKED', '2026-01-01' from generate_series(1, " + PAST_BOOKINGS
                        + ") n",
                family.child,
                scene.decidedHere);
        String before = bookings(scene);
        int all = count(scene, "booking");
        AtomicBoolean moving = new AtomicBoolean(true);
        CompletableFuture<Long> reads = CompletableFuture.supplyAsync(() -> reads(scene.town.id(), all, moving));

        Moved moved = partition.move(scene.town.id());
        moving.set(false);

        assertThat(moved).isEqualTo(new Moved(Outcome.MOVED, all));
        assertThat(reads.get(1, TimeUnit.MINUTES)).as("looks at it meanwhile").isPositive();
        assertThat(bookings(scene)).isEqualTo(before);
        assertThat(count(scene, ownTable(scene))).isEqualTo(all);
        assertThat(count(scene, "booking_shared")).isZero();
        hasNothingLeftBehind(scene);
        theWallHolds(scene, all);

        family.book(family.cell(scene.decidedHere));
        assertThat(count(scene, ownTable(scene))).isEqualTo(all + 1);
        assertThat(partition.move(scene.town.id())).isEqualTo(new Moved(Outcome.ALREADY, 0));
        assertThat(count(scene, "booking")).isEqualTo(all + 1);
    }

    /** As the application reads, behind the wall; each time all of it must be there. */
    private long reads(int town, int expected, AtomicBoolean going) {
        long looks = 0;
        try (Connection connection = portal.getConnection()) {
            do {
                assertThat(seen(connection, town, "booking")).isEqualTo(expected);
                looks++;
            } while (going.get());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return looks;
    }

    private static long seen(Connection connection, int town, String table) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement scope = connection.prepareStatement("select set_config('portal.town', ?, true)");
                PreparedStatement count = connection.prepareStatement("select count(*) from app." + table)) {
            scope.setString(1, Integer.toString(town));
            scope.execute();
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } finally {
            connection.rollback();
        }
    }

    private void theWallHolds(OutgoingScene scene, int all) throws Exception {
        try (Connection connection = portal.getConnection()) {
            assertThatThrownBy(() -> seen(connection, scene.town.id(), ownTable(scene)))
                    .hasMessageContaining("permission denied");
            assertThat(seen(connection, scene().town.id(), "booking"))
                    .as("another town sees none of the " + all)
                    .isZero();
        }
        try (Connection connection = owner.getConnection();
                PreparedStatement policies = connection.prepareStatement(
                        "select c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where"
                                + " p.polrelid = c.oid) from pg_class c where c.oid = ?::regclass")) {
            policies.setString(1, "app." + ownTable(scene));
            try (ResultSet row = policies.executeQuery()) {
                row.next();
                assertThat(row.getBoolean(1)).as("has the wall itself").isTrue();
            }
        }
    }

    @Test
    void a_new_town_has_its_partition_from_the_start() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        assertThat(partition.move(scene.town.id())).isEqualTo(new Moved(Outcome.MOVED, 0));
        family.book(family.cell(scene.decidedHere));
        assertThat(count(scene, ownTable(scene))).isOne();
    }

    @Test
    void what_families_do_after_the_copy_moves_too() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        CellId kept = family.cell(scene.decidedThere);
        CellId withdrawn = family.cell(scene.decidedThere);
        family.book(kept, withdrawn);
        int town = scene.town.id();
        gate.doInTown(town, () -> {
            assertThat(acts.begin()).isTrue();
            acts.copy();
        });
        assertThat(family.withdraw(withdrawn)).isTrue();
        family.book(family.cell(scene.decidedHere));
        String before = bookings(scene);
        gate.doInTown(town, () -> {
            acts.refer();
            acts.validate();
            acts.hold();
            assertThat(acts.move()).isEqualTo(3);
        });
        assertThat(bookings(scene)).isEqualTo(before);
        assertThat(count(scene, ownTable(scene))).isEqualTo(3);
    }

    @Test
    void a_move_that_nobody_ends_is_given_up_and_the_town_books_again() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedHere));
        OutgoingScene elsewhere = scene();
        OutgoingScene.Family untouched = elsewhere.new Family();
        String before = bookings(scene);
        int town = scene.town.id();
        gate.doInTown(town, () -> {
            acts.begin();
            acts.copy();
            acts.refer();
            acts.hold();
        });
        CellId cell = family.cell(scene.decidedHere);
        assertThatThrownBy(() -> asks(family, cell)).isInstanceOf(PlanningBusyException.class);
        asks(untouched, untouched.cell(elsewhere.decidedHere));

        try (TownLeases.Lease working = leases.acquire(town).orElseThrow()) {
            assertThat(working.held()).isTrue();
            partition.giveUpAbandoned();
            assertThatThrownBy(() -> asks(family, cell))
                    .as("somebody is at it")
                    .isInstanceOf(PlanningBusyException.class);
        }
        partition.giveUpAbandoned();
        hasNothingLeftBehind(scene);
        assertThat(bookings(scene)).isEqualTo(before);
        asks(family, cell);
        assertThat(partition.move(town)).isEqualTo(new Moved(Outcome.MOVED, 2));
    }

    @Test
    void it_does_not_begin_while_a_lot_of_the_town_is_applied() throws Exception {
        OutgoingScene scene = scene();
        try (TownLeases.Lease applying = leases.acquire(scene.town.id()).orElseThrow()) {
            assertThat(applying.held()).isTrue();
            assertThat(partition.move(scene.town.id())).isEqualTo(new Moved(Outcome.BUSY, 0));
        }
        assertThat(count(scene, "booking_shared")).isZero();
        assertThat(scene.town.texts("select to_regclass('app.booking_town_' || ?)::text"))
                .containsOnlyNulls();
    }
}
