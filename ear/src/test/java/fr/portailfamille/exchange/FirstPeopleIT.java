package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The first people of a town, so many that they are merged while they are read: what stops a lot shows only after its first
 * files were merged, and nothing may be left of them.
 */
@Tag("container")
@Tag("X2")
@ExtendWith(ArquillianExtension.class)
class FirstPeopleIT {

    private static final int FAMILIES = 600;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private LotDesk desk;

    @Inject
    private ProcessingRuns runs;

    private static TestLot withStrangers(LotScene scene, long sequence, int strangers) {
        StringBuilder contacts = new StringBuilder("contact_ref,individual_ref,name,emergency,may_collect\n");
        for (int i = 1; i <= 100; i++) {
            contacts.append("K%d,%s,Voisin,1,0\n".formatted(i, i <= strangers ? "X" + i : "I" + i));
        }
        return City.families(scene.code(), sequence, FAMILIES)
                .file("pickup_contacts.csv", contacts.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static long contacts(LotScene scene) throws SQLException {
        return scene.number("select count(*) from app.pickup_contact where town_id = ?", scene.town());
    }

    @Test
    void rows_that_are_at_fault_are_rejected_as_in_any_other_lot() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot lot = withStrangers(scene, 1, 20);
        scene.send(lot, "APPLIED");

        assertThat(scene.standing()).isEqualTo(FAMILIES);
        assertThat(contacts(scene)).isEqualTo(80);
        RunDetail detail = scene.paul().call(() -> runs.detail(scene.run(lot))).orElseThrow();
        assertThat(detail.files())
                .extracting(file -> file.file() + " " + file.counts().created() + " "
                        + file.counts().rejected())
                .containsExactlyInAnyOrder(
                        "families.csv 600 0",
                        "individuals.csv 600 0",
                        "memberships.csv 600 0",
                        "pickup_contacts.csv 80 20");
        assertThat(scene.number(
                        "select count(*) from app.rejected_row where town_id = ? and run_id = ?"
                                + " and code = 'UNKNOWN_REFERENCE' and value_enc is not null",
                        scene.town(),
                        scene.run(lot)))
                .isEqualTo(20);
    }

    @Test
    void the_guard_holds_them_with_nothing_merged_until_an_agent_confirms() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot lot = withStrangers(scene, 1, 30);
        scene.send(lot, "GUARD");
        assertThat(scene.standing()).isZero();
        assertThat(contacts(scene)).isZero();

        long run = scene.run(lot);
        assertThat(scene.claire().call(() -> desk.confirm(scene.id(lot), run))).isEqualTo(LotAnswer.DONE);
        scene.await(lot, "APPLIED");
        assertThat(scene.standing()).isEqualTo(FAMILIES);
        assertThat(contacts(scene)).isEqualTo(70);
    }

    @Test
    void a_last_file_that_lacks_rows_takes_back_all_that_came_before_it() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot lot = City.families(scene.code(), 1, FAMILIES)
                .manifest(text -> text.replace(
                        "\"memberships.csv\", \"rows\": " + FAMILIES,
                        "\"memberships.csv\", \"rows\": " + (FAMILIES + 1)));
        scene.send(lot, "REFUSED");
        assertThat(scene.standing()).isZero();
        RunDetail detail = scene.paul().call(() -> runs.detail(scene.run(lot))).orElseThrow();
        assertThat(detail.reasons()).extracting(Reason::code).containsExactly("ROW_COUNT_MISMATCH");

        scene.send(City.families(scene.code(), 1, FAMILIES), "APPLIED");
        assertThat(scene.standing()).isEqualTo(FAMILIES);
    }

    @Test
    void to_try_them_out_changes_nothing() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot lot = withStrangers(scene, 1, 20);
        scene.send(scene.enfance(), lot, true);
        scene.await(lot, "APPLIED");
        assertThat(scene.results(lot)).isEqualTo("SIMULATED");
        assertThat(scene.standing()).isZero();

        TestLot meant = withStrangers(scene, 1, 20);
        scene.send(meant, "APPLIED");
        assertThat(scene.results(meant)).isEqualTo("DONE_WITH_REJECTS");
        assertThat(scene.standing()).isEqualTo(FAMILIES);
    }
}
