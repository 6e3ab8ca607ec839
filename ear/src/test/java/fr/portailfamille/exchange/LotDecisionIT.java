package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents decide on lots is done once, is kept, and lets the flow go on. */
@Tag("container")
@Tag("B7")
@Tag("X7")
@ExtendWith(ArquillianExtension.class)
class LotDecisionIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private LotDesk desk;

    @Inject
    private ProcessingRuns runs;

    @Test
    void a_held_lot_is_applied_once_confirmed_and_those_behind_it_follow() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 28), "APPLIED");
        TestLot held = scene.people(2, 10);
        scene.send(held, "GUARD");
        TestLot behind = scene.renamed(3, "Ève");
        scene.send(behind, "WAITING");
        long run = scene.run(held);
        OpenLot open = scene.claire().call(() -> desk.open(10)).rows().get(0);
        assertThat(open.state()).isEqualTo(OpenLot.State.GUARD);
        assertThat(open.heldRun()).isEqualTo(run);

        assertThat(scene.claire().call(() -> desk.confirm(open.id(), run))).isEqualTo(LotAnswer.DONE);
        assertThat(scene.paul().call(() -> desk.confirm(open.id(), run))).isEqualTo(LotAnswer.TOO_LATE);
        assertThat(scene.paul().call(() -> desk.cancel(open.id()))).isEqualTo(LotAnswer.TOO_LATE);

        scene.await(behind, "APPLIED");
        assertThat(scene.state(held)).isEqualTo("APPLIED");
        assertThat(scene.standing()).isEqualTo(10);
        assertThat(scene.firstName()).isEqualTo("Ève");
        assertThat(scene.results(held)).isEqualTo("CONFIRMED, DONE");
        RunDetail detail = scene.paul().call(() -> runs.detail(run)).orElseThrow();
        assertThat(detail.reasons()).as("the held run keeps why").hasSize(1);
        assertThat(detail.lot().decisions())
                .extracting(decision -> decision.kind() + " " + decision.by())
                .containsExactly("CONFIRMED Claire MARTIN");
        assertThat(detail.lot().senderName()).isEqualTo("Enfance");
        assertThat(detail.lot().isHeld()).isFalse();
    }

    @Test
    void a_confirmed_lot_is_held_again_only_when_its_effect_has_grown() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 28), "APPLIED");
        TestLot held = scene.people(2, 10);
        scene.send(held, "GUARD");
        long first = scene.run(held);
        long lot = scene.id(held);
        // As other lots or families might, while it is held.
        scene.update(
                "insert into app.individual (town_id, id, ref, last_name, first_name, search_name)"
                        + " select ?, -n, 'X' || n, 'ROUX', 'Adam', 'roux adam' from generate_series(1, 11) n",
                scene.town());

        scene.claire().call(() -> desk.confirm(lot, first));
        scene.await(held, "GUARD", first);
        long second = scene.run(held);
        assertThat(second).isNotEqualTo(first);
        assertThat(scene.claire()
                        .call(() -> runs.detail(second))
                        .orElseThrow()
                        .reasons()
                        .get(0)
                        .detail())
                .contains("29 sur 39", "18 avaient été confirmées");
        assertThat(scene.paul().call(() -> desk.confirm(lot, first)))
                .as("what an agent saw is not what would be applied")
                .isEqualTo(LotAnswer.TOO_LATE);

        assertThat(scene.paul().call(() -> desk.confirm(lot, second))).isEqualTo(LotAnswer.DONE);
        scene.await(held, "APPLIED");
        assertThat(scene.standing()).isEqualTo(10);
        assertThat(scene.results(held)).isEqualTo("CONFIRMED, CONFIRMED, DONE");
    }

    @Test
    void a_cancelled_held_lot_uses_up_its_sequence_and_the_flow_goes_on() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 28), "APPLIED");
        TestLot held = scene.people(2, 10);
        scene.send(held, "GUARD");
        TestLot behind = scene.renamed(3, "Ève");
        scene.send(behind, "WAITING");
        long lot = scene.id(held);

        assertThat(scene.claire().call(() -> desk.cancel(lot))).isEqualTo(LotAnswer.DONE);
        assertThat(scene.claire().call(() -> desk.cancel(lot))).isEqualTo(LotAnswer.TOO_LATE);
        scene.await(behind, "APPLIED");
        assertThat(scene.state(held)).isEqualTo("CANCELLED");
        assertThat(scene.results(held)).isEqualTo("CANCELLED");
        assertThat(scene.standing()).isEqualTo(28);
        assertThatThrownBy(() -> scene.send(scene.people(2, 28))).isInstanceOf(LotConflictException.class);
    }

    /** It was to replace what came before it, and did not. */
    @Test
    void what_waits_before_a_held_full_lot_that_is_cancelled_is_applied() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 28), "APPLIED");
        TestLot third = scene.renamed(3, "Trois");
        scene.send(third, "WAITING");
        TestLot held = scene.people(5, 10);
        scene.send(held, "GUARD");
        TestLot second = scene.renamed(2, "Deux");
        scene.send(second, "WAITING");
        TestLot sixth = scene.renamed(6, "Six");
        scene.send(sixth, "WAITING");
        long lot = scene.id(held);

        assertThat(scene.claire().call(() -> desk.cancel(lot))).isEqualTo(LotAnswer.DONE);
        scene.await(third, "APPLIED");
        assertThat(scene.state(second)).isEqualTo("APPLIED");
        assertThat(scene.firstName()).isEqualTo("Trois");
        scene.send(scene.renamed(4, "Quatre"), "APPLIED");
        scene.await(sixth, "APPLIED");
        assertThat(scene.firstName()).isEqualTo("Six");
        assertThat(scene.standing()).isEqualTo(28);
        assertThatThrownBy(() -> scene.send(scene.renamed(5, "Cinq"))).isInstanceOf(LotConflictException.class);
    }

    @Test
    void a_waiting_lot_that_was_cancelled_is_passed_over_and_leaves_a_line() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 2), "APPLIED");
        TestLot third = scene.renamed(3, "Trois");
        scene.send(third, "WAITING");
        OpenLot open = scene.claire().call(() -> desk.open(10)).rows().get(0);
        assertThat(open.waitsForType()).isEqualTo("IMPORT_INDIVIDUALS");
        assertThat(open.waitsForSequence()).isEqualTo(2);

        assertThat(scene.claire().call(() -> desk.cancel(open.id()))).isEqualTo(LotAnswer.DONE);
        TestLot fourth = scene.renamed(4, "Quatre");
        scene.send(fourth, "WAITING");
        scene.send(scene.renamed(2, "Deux"), "APPLIED");
        scene.await(fourth, "APPLIED");

        assertThat(scene.firstName()).isEqualTo("Quatre");
        assertThat(scene.results(third)).isEqualTo("CANCELLED");
        assertThatThrownBy(() -> scene.send(scene.renamed(3, "Encore"))).isInstanceOf(LotConflictException.class);
    }

    @Test
    void a_lot_that_a_later_full_one_replaced_leaves_a_line() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 2), "APPLIED");
        TestLot third = scene.renamed(3, "Trois");
        scene.send(third, "WAITING");
        scene.send(scene.people(4, 2), "APPLIED");
        scene.await(third, "SUPERSEDED");
        assertThat(scene.results(third)).isEqualTo("SUPERSEDED");
        assertThat(scene.number(
                        "select received from app.processing_run where town_id = ? and id = ?",
                        scene.town(),
                        scene.run(third)))
                .isEqualTo(1);
    }

    @Test
    void a_failed_lot_is_restarted_unless_its_sequence_was_taken_or_its_content_erased() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.people(1, 2), "APPLIED");
        TestLot failed = failed(scene, 2, "Deux");
        long lot = scene.id(failed);
        long run = scene.run(failed);

        scene.update("update app.lot set erased_at = now() where town_id = ? and id = ?", scene.town(), lot);
        assertThat(scene.claire().call(() -> desk.restart(lot, run))).isEqualTo(LotAnswer.ERASED);
        scene.update("update app.lot set erased_at = null where town_id = ? and id = ?", scene.town(), lot);
        assertThat(scene.claire().call(() -> desk.restart(lot, run))).isEqualTo(LotAnswer.DONE);
        assertThat(scene.paul().call(() -> desk.restart(lot, run))).isEqualTo(LotAnswer.TOO_LATE);
        scene.await(failed, "APPLIED");
        assertThat(scene.firstName()).isEqualTo("Deux");
        assertThat(scene.results(failed)).isEqualTo("FAILED, DONE");

        TestLot again = failed(scene, 3, "Trois");
        scene.send(scene.renamed(3, "Corrigé"), "APPLIED");
        long late = scene.id(again);
        long lateRun = scene.run(again);
        assertThat(scene.claire().call(() -> desk.restart(late, lateRun))).isEqualTo(LotAnswer.SEQUENCE_TAKEN);
        assertThat(scene.firstName()).isEqualTo("Corrigé");
    }

    /** A lot whose only run failed, as one does after three attempts that a full disk ended. */
    private static TestLot failed(LotScene scene, long sequence, String firstName) throws Exception {
        // It waits behind one that is missing while its end is written.
        TestLot lot = scene.renamed(sequence + 100, firstName);
        scene.send(lot, "WAITING");
        scene.update(
                "with r as (insert into app.processing_run (town_id, id, universe, type, lot_id, started_at, ended_at, result)"
                        + " select town_id, nextval('app.processing_run_seq'), universe, 'IMPORT_INDIVIDUALS', id, received_at, received_at, 'FAILED'"
                        + " from app.lot where town_id = ? and lot_id = ? returning id)"
                        + " update app.lot l set state = 'FAILED', waiting_for = null, run_id = r.id, sequence = ? from r"
                        + " where l.town_id = ? and l.lot_id = ?",
                scene.town(),
                lot.id(),
                sequence,
                scene.town(),
                lot.id());
        return lot;
    }

    @Test
    void lots_of_another_town_are_neither_seen_nor_decided_on() throws Exception {
        LotScene here = LotScene.open(owner);
        LotScene there = LotScene.open(owner);
        there.send(there.people(1, 28), "APPLIED");
        TestLot held = there.people(2, 10);
        there.send(held, "GUARD");
        long lot = there.id(held);
        long run = there.run(held);

        assertThat(here.claire().call(() -> desk.confirm(lot, run))).isEqualTo(LotAnswer.TOO_LATE);
        assertThat(here.claire().call(() -> desk.cancel(lot))).isEqualTo(LotAnswer.TOO_LATE);
        assertThat(here.claire().call(() -> desk.restart(lot, run))).isEqualTo(LotAnswer.TOO_LATE);
        assertThat(here.claire().call(() -> runs.detail(run))).isEmpty();
        assertThat(here.claire().call(() -> desk.open(10)).total()).isZero();
        assertThat(there.state(held)).isEqualTo("GUARD");
    }

    @Test
    void lots_that_have_waited_for_a_day_are_told() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot gap = scene.renamed(5, "Cinq");
        scene.send(gap, "WAITING");
        assertThat(scene.claire().call(() -> desk.attention()).overdue()).isZero();
        scene.update(
                "update app.lot set received_at = received_at - interval '25 hours' where town_id = ?", scene.town());
        assertThat(scene.claire().call(() -> desk.attention()).overdue()).isEqualTo(1);
        assertThat(scene.claire().call(() -> desk.open(10)).rows().get(0).overdue())
                .isTrue();
    }

    @Test
    void a_failed_lot_is_told_as_long_as_it_is_its_turn() throws Exception {
        LotScene scene = LotScene.open(owner);
        scene.send(scene.renamed(2, "Deux"), "WAITING");
        scene.update(
                "update app.lot set state = 'FAILED', waiting_for = null, sequence = 1 where town_id = ?",
                scene.town());
        assertThat(scene.claire().call(() -> desk.attention())).isEqualTo(new LotDesk.Attention(0, 1, 0, 0));
        scene.send(scene.people(1, 2), "APPLIED");
        assertThat(scene.claire().call(() -> desk.attention())).isEqualTo(LotDesk.Attention.NONE);
    }

    @Test
    void a_refused_lot_is_told_until_another_comes_in_its_place() throws Exception {
        LotScene scene = LotScene.open(owner);
        TestLot wrong = scene.people(1, 3).manifest(text -> text.replace("\"rows\": 3", "\"rows\": 4"));
        scene.send(scene.enfance(), wrong, true);
        scene.await(wrong, "REFUSED");
        assertThat(scene.claire().call(() -> desk.attention()))
                .as("it was only tried")
                .isEqualTo(LotDesk.Attention.NONE);
        scene.send(scene.people(1, 3).manifest(text -> text.replace("\"rows\": 3", "\"rows\": 4")), "REFUSED");
        scene.send(scene.people(1, 3).manifest(text -> text.replace("\"rows\": 3", "\"rows\": 5")), "REFUSED");
        assertThat(scene.claire().call(() -> desk.attention()))
                .as("once, however often it came")
                .isEqualTo(new LotDesk.Attention(0, 0, 1, 0));
        scene.send(scene.people(1, 2), "APPLIED");
        assertThat(scene.claire().call(() -> desk.attention())).isEqualTo(LotDesk.Attention.NONE);
    }
}
