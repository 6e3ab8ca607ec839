package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.TownGate;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was received lies encrypted in the database, for thirty days and for as long as it may still be applied. */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
class StoredLotsIT {

    private static final Duration KEPT = Duration.ofDays(30);

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @EJB
    private TownGate gate;

    @EJB
    private LotQueue queue;

    @Inject
    private Clock clock;

    private LotScene scene;

    @BeforeEach
    void town() throws Exception {
        scene = LotScene.open(owner);
    }

    @Test
    void nothing_of_a_lot_is_stored_in_clear() throws Exception {
        TestLot lot = scene.people(1, 3);
        scene.send(lot, "APPLIED");

        assertThat(chunks(lot)).isPositive();
        // A ZIP names its files in clear, at its beginning and at its end.
        assertThat(scene.number(
                        "select count(*) from app.lot_chunk where town_id = ? and lot_id = ?"
                                + " and (position('individuals.csv'::bytea in bytes) > 0 or position('manifest.json'::bytea in bytes) > 0)",
                        scene.town(),
                        scene.id(lot)))
                .isZero();
    }

    @Test
    void it_is_erased_after_thirty_days_unless_it_waits() throws Exception {
        TestLot old = scene.people(1, 3);
        scene.send(old, "APPLIED");
        TestLot recent = scene.renamed(2, "Deux");
        scene.send(recent, "APPLIED");
        TestLot waiting = scene.renamed(4, "Quatre");
        scene.send(waiting, "WAITING");
        receivedBefore(old, KEPT.plusHours(1));
        receivedBefore(recent, KEPT.minusHours(1));
        receivedBefore(waiting, KEPT.plusDays(60));

        assertThat(gate.inTown(scene.town(), queue::eraseOldLots)).isEqualTo(1);

        assertThat(chunks(old)).isZero();
        assertThat(erased(old)).isTrue();
        assertThat(chunks(recent)).isPositive();
        assertThat(erased(recent)).isFalse();
        assertThat(chunks(waiting)).isPositive();
        assertThat(erased(waiting)).isFalse();
        assertThat(scene.state(old)).as("what became of it is kept").isEqualTo("APPLIED");
        scene.send(scene.renamed(3, "Trois"), "APPLIED");
        scene.await(waiting, "APPLIED");
        assertThat(scene.firstName()).isEqualTo("Quatre");
    }

    @Test
    void another_towns_lots_are_left_alone() throws Exception {
        TestLot lot = scene.people(1, 3);
        scene.send(lot, "APPLIED");
        receivedBefore(lot, KEPT.plusHours(1));

        gate.inTown(LotScene.open(owner).town(), queue::eraseOldLots);

        assertThat(chunks(lot)).isPositive();
    }

    private void receivedBefore(TestLot lot, Duration age) throws SQLException {
        scene.update(
                "update app.lot set received_at = ? where town_id = ? and id = ?",
                clock.instant().minus(age).atOffset(ZoneOffset.UTC),
                scene.town(),
                scene.id(lot));
    }

    private long chunks(TestLot lot) throws SQLException {
        return scene.number(
                "select count(*) from app.lot_chunk where town_id = ? and lot_id = ?", scene.town(), scene.id(lot));
    }

    private boolean erased(TestLot lot) throws SQLException {
        return scene.number(
                        "select count(*) from app.lot where town_id = ? and id = ? and erased_at is not null",
                        scene.town(),
                        scene.id(lot))
                == 1;
    }
}
