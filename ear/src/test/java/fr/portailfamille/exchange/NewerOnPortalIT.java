package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.booking.CellId;
import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A lot of bookings never erases what a family did after the business application had last read its requests. */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
class NewerOnPortalIT {

    private static final String PRODUCED = "\"producedAt\": \"2026-09-01T06:00:00+02:00\"";

    @EJB
    private FamilyPlanning planning;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private OutgoingScene scene;
    private OutgoingScene.Family family;
    private Puller puller;

    @BeforeEach
    void opens() throws Exception {
        scene = new OutgoingScene(planning, clock, owner);
        family = scene.new Family();
        puller = scene.puller();
    }

    private TestLot bookings(long sequence, CellId cell, String state) {
        return bookings(TestLot.delta(scene.code(), "bookings", sequence), cell, state);
    }

    private TestLot bookings(TestLot lot, CellId cell, String state) {
        return lot.file(
                "bookings.csv",
                "individual_ref,schedule_ref,date,state",
                "%s,%s,%s,%s"
                        .formatted(
                                scene.ref("individual", cell.child()),
                                scene.ref("schedule", cell.schedule()),
                                cell.day(),
                                state));
    }

    private static UnaryOperator<String> knowing(String cursor) {
        return manifest -> manifest.replace(PRODUCED, PRODUCED + ", \"includesRequestsUpTo\": \"" + cursor + "\"");
    }

    private static UnaryOperator<String> producedAt(Instant at) {
        return manifest -> manifest.replace(PRODUCED, "\"producedAt\": \"" + at + "\"");
    }

    private String state(CellId cell) {
        return scene.town
                .texts(
                        "select state from booking where town_id = ? and individual_id = ? and schedule_id = ? and day = ?",
                        cell.child(),
                        cell.schedule(),
                        cell.day())
                .get(0);
    }

    private String taken() {
        String cursor = puller.pull("").nextCursor();
        assertThat(puller.acknowledge(cursor).status()).isEqualTo(200);
        return cursor;
    }

    private void assertLeftAlone(JsonObject applied) {
        assertThat(applied.getString("state")).isEqualTo("APPLIED");
        JsonObject rows = applied.getJsonObject("files").getJsonObject("bookings.csv");
        assertThat(rows.getInt("unchanged")).as(rows.toString()).isEqualTo(1);
        assertThat(rows.getInt("warnings")).as(rows.toString()).isEqualTo(1);
        assertThat(new String(
                        puller.get("/" + applied.getString("lotId") + "/rejects.csv")
                                .body(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("NEWER_ON_PORTAL");
    }

    @Test
    void a_lot_that_did_not_know_of_a_booking_leaves_it_and_one_that_did_decides() throws Exception {
        family.book(family.cell(scene.decidedHere));
        String before = taken();
        CellId cell = family.cell(scene.decidedHere);
        family.book(cell);

        assertLeftAlone(puller.apply(bookings(1, cell, "none").manifest(knowing(before))));
        assertThat(state(cell)).isEqualTo("BOOKED");

        String after = taken();
        JsonObject applied = puller.apply(bookings(2, cell, "none").manifest(knowing(after)));
        assertThat(applied.getJsonObject("rows").getInt("changed")).isEqualTo(1);
        assertThat(state(cell)).isEqualTo("NOT_BOOKED");
    }

    @Test
    void an_absence_and_a_withdrawal_count_as_what_the_family_did_last() throws Exception {
        CellId absent = family.cell(scene.decidedHere);
        CellId withdrawn = family.cell(scene.decidedThere);
        family.book(absent, withdrawn);
        String before = taken();
        family.submit(Wish.toCancel(absent, null));
        family.withdraw(withdrawn);

        assertLeftAlone(puller.apply(bookings(1, absent, "booked").manifest(knowing(before))));
        assertLeftAlone(puller.apply(bookings(2, withdrawn, "booked").manifest(knowing(before))));

        assertThat(state(absent)).isEqualTo("ABSENT");
        assertThat(state(withdrawn)).isEqualTo("NOT_BOOKED");
    }

    @Test
    void a_full_lot_archives_only_what_it_knew_of() throws Exception {
        CellId known = family.cell(scene.decidedHere);
        CellId newer = family.cell(scene.decidedHere);
        CellId there = family.cell(scene.decidedHere);
        family.book(known, there);
        String cursor = taken();
        family.book(newer);

        TestLot full = TestLot.full(scene.code(), "bookings", 1);
        puller.apply(bookings(full, there, "booked")
                .manifest(manifest -> knowing(cursor)
                        .apply(manifest)
                        .replace(
                                "\"files\"",
                                "\"from\": \"%s\", \"to\": \"%s\", \"files\"".formatted(known.day(), there.day()))));

        assertThat(state(known)).isEqualTo("NOT_BOOKED");
        assertThat(state(newer)).isEqualTo("BOOKED");
        assertThat(state(there)).isEqualTo("BOOKED");
    }

    @Test
    void without_the_field_what_was_acknowledged_before_the_lot_was_written_is_known() throws Exception {
        CellId cell = family.cell(scene.decidedHere);
        family.book(cell);

        assertLeftAlone(puller.apply(bookings(1, cell, "none").manifest(producedAt(clock.instant()))));
        Instant beforeAcknowledged = clock.instant();
        taken();
        assertLeftAlone(puller.apply(bookings(2, cell, "none").manifest(producedAt(beforeAcknowledged))));
        assertThat(state(cell)).isEqualTo("BOOKED");

        puller.apply(
                bookings(3, cell, "none").manifest(producedAt(clock.instant().plus(Duration.ofSeconds(1)))));
        assertThat(state(cell)).isEqualTo("NOT_BOOKED");
    }

    @Test
    void positions_are_compared_and_no_clocks() throws Exception {
        String before = "0";
        CellId cell = family.cell(scene.decidedHere);
        family.book(cell);
        scene.town.write("update request set submitted_at = submitted_at - interval '1 year' where town_id = ?");

        assertLeftAlone(puller.apply(bookings(1, cell, "none").manifest(knowing(before))));
        assertThat(state(cell)).isEqualTo("BOOKED");
    }

    @Test
    void a_cursor_of_another_town_is_no_knowledge() throws Exception {
        OutgoingScene elsewhere = new OutgoingScene(planning, clock, owner);
        OutgoingScene.Family other = elsewhere.new Family();
        other.book(other.cell(elsewhere.decidedHere));
        String foreign = elsewhere.puller().pull("").nextCursor();
        CellId cell = family.cell(scene.decidedHere);
        family.book(cell);

        Puller.Answer answer = puller.sendLot(bookings(1, cell, "none").manifest(knowing(foreign)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("BAD_MANIFEST");
    }
}
