package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A lot waits for earlier ones of the flows that its rows may refer to, says for which, and goes on by itself. */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
class UpstreamIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private LotDesk desk;

    private LotScene scene;
    private TestLot registrations;
    private TestLot bookings;

    @BeforeEach
    void people() throws Exception {
        scene = LotScene.open(owner);
        scene.send(scene.people(1, 28), "APPLIED");
        registrations = TestLot.delta(scene.code(), "registrations", 1)
                .file(
                        "registrations.csv",
                        "registration_ref,individual_ref,family_ref,schedule_ref,start,end,status",
                        "R1,I1,F1,S1,2026-09-01,2027-07-06,active");
        bookings = TestLot.delta(scene.code(), "bookings", 1)
                .file("bookings.csv", "individual_ref,schedule_ref,date,state", "I1,S1,2027-01-12,booked");
    }

    @Test
    void behind_one_that_the_guard_holds() throws Exception {
        TestLot held = scene.people(2, 10);
        scene.send(held, "GUARD");
        scene.send(registrations, "WAITING");
        scene.send(bookings, "WAITING");

        assertThat(waitingFor(registrations)).isEqualTo("individuals/2");
        assertThat(waitingFor(bookings)).isEqualTo("individuals/2");
        long lot = scene.id(held);
        assertThat(scene.claire().call(() -> desk.cancel(lot))).isEqualTo(LotAnswer.DONE);
        scene.await(registrations, "APPLIED");
        scene.await(bookings, "APPLIED");
        assertThat(scene.run(registrations)).as("in the order of arrival").isLessThan(scene.run(bookings));
    }

    @Test
    void behind_one_that_waits_itself() throws Exception {
        scene.send(scene.renamed(3, "Trois"), "WAITING");
        scene.send(bookings, "WAITING");
        assertThat(waitingFor(bookings)).isEqualTo("individuals/3");

        scene.send(scene.renamed(2, "Deux"), "APPLIED");
        scene.await(bookings, "APPLIED");
        assertThat(waitingFor(bookings)).isNull();
    }

    @Test
    void but_not_behind_those_of_downstream_flows() throws Exception {
        scene.send(
                TestLot.delta(scene.code(), "bookings", 2)
                        .file("bookings.csv", "individual_ref,schedule_ref,date,state", "I1,S1,2027-01-12,booked"),
                "WAITING");
        scene.send(registrations, "APPLIED");
        scene.send(scene.renamed(2, "Deux"), "APPLIED");
        scene.send(
                TestLot.delta(scene.code(), "reference", 1)
                        .file("regies.csv", "regie_ref,name,issuer", "R1,Cantine,Ville"),
                "APPLIED");
    }

    private String waitingFor(TestLot lot) throws SQLException {
        return scene.text("select waiting_for from app.lot where town_id = ? and lot_id = ?", scene.town(), lot.id());
    }
}
