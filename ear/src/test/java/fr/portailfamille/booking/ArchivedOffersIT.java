package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the business application no longer has, while schedules that name it stand. */
@Tag("container")
@Tag("P8")
@ExtendWith(ArquillianExtension.class)
class ArchivedOffersIT {

    @EJB
    private FamilyPlanning planning;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private Clock clock;

    @Test
    void an_archived_pool_neither_limits_its_schedules_nor_counts() throws Exception {
        PlanningScene scene = scene();
        long pool = scene.town.pool(0, scene.schedule);
        assertThat(scene.submit(Wish.toBook(scene.cell)).decisions())
                .as("while it stands")
                .singleElement()
                .isInstanceOf(Decision.Waitlisted.class);
        assertThat(scene.parent.caller().call(() -> planning.withdraw(scene.cell)))
                .isTrue();

        scene.town.write("update pool set archived_at = '2026-01-01' where town_id = ?");

        assertThat(scene.submit(Wish.toBook(scene.cell)).decisions()).containsExactly(new Decision.Accepted());
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isEqualTo(1);
        assertThat(scene.town.number(
                        "select coalesce(sum(taken), 0) from place_counter where town_id = ? and counter_id = ?", pool))
                .isZero();
        assertThat(scene.submit(Wish.toCancel(scene.cell, null)).decisions()).containsExactly(new Decision.Accepted());
        assertThat(scene.town.places(scene.schedule, scene.cell.day())).isZero();
    }

    @Test
    void an_archived_activity_is_offered_to_nobody_and_what_was_booked_stays() throws Exception {
        offersNothingOnceArchived("activity");
    }

    @Test
    void an_archived_facility_offers_nothing_and_what_was_booked_stays() throws Exception {
        offersNothingOnceArchived("facility");
    }

    private void offersNothingOnceArchived(String archived) throws Exception {
        PlanningScene scene = scene();
        CellId next = scene.on(scene.cell.day().plusDays(1));
        scene.submit(Wish.toBook(scene.cell));
        assertThat(actions(scene)).contains("BOOK");

        scene.town.write("update " + archived + " set archived_at = '2026-01-01' where town_id = ?");

        assertThat(actions(scene)).containsExactly("CANCEL");
        assertThat(scene.state()).isEqualTo(BookingState.BOOKED);
        assertThat(scene.submit(Wish.toBook(next)).decisions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("NOT_OPEN"));
        assertThat(scene.town.number("select coalesce(sum(taken), 0) from place_counter where town_id = ?"))
                .isEqualTo(1);

        assertThat(scene.submit(Wish.toCancel(scene.cell, null)).decisions()).containsExactly(new Decision.Accepted());
        assertThat(scene.state()).isEqualTo(BookingState.ABSENT);
        assertThat(actions(scene)).isEmpty();
    }

    /** What can be asked for in the week. */
    private List<String> actions(PlanningScene scene) throws Exception {
        LocalDate day = scene.cell.day();
        return scene.parent.caller().call(() -> planning.week(day)).children().stream()
                .flatMap(child -> child.rows().stream())
                .flatMap(row -> row.cells().stream())
                .flatMap(cell -> cell.offered().stream())
                .map(Enum::name)
                .distinct()
                .sorted()
                .toList();
    }

    private PlanningScene scene() throws Exception {
        return new PlanningScene(planning, clock, owner, "AUTOMATIC", 5);
    }
}
