package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.exchange.outgoing.RequestLots;
import fr.portailfamille.exchange.outgoing.SentLot;
import fr.portailfamille.exchange.outgoing.SentLots;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents see the lots of requests that went out, and fetch them again, those of their town and no others. */
@Tag("container")
@Tag("B7")
@Tag("X6")
@ExtendWith(ArquillianExtension.class)
class SentLotsIT {

    private static final String MENU = "MENU_ETAT_DES_TRAITEMENTS";

    @EJB
    private FamilyPlanning planning;

    @EJB
    private SentLots sentLots;

    @Inject
    private RequestLots requestLots;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    private OutgoingScene scene() throws Exception {
        return new OutgoingScene(planning, clock, owner);
    }

    /** The lines « Export des demandes » of the town, the oldest first. */
    private static List<Long> runs(OutgoingScene scene) {
        return scene
                .town
                .texts("select id from processing_run where town_id = ? and type = 'EXPORT_REQUESTS' order by id")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    private SentLot seen(TestCaller agent, long run) throws Exception {
        return agent.call(() -> sentLots.ofRun(run)).orElseThrow();
    }

    private byte[] fetched(TestCaller agent, SentLot sent) throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        agent.run(() -> requestLots.write(sent.lot(), zip));
        return zip.toByteArray();
    }

    @Test
    void a_lot_tells_how_far_it_came_and_is_fetched_as_it_went_out() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        Puller puller = scene.puller();
        family.book(family.cell(scene.decidedThere));
        family.book(family.cell(scene.decidedThere));
        Puller.Answer first = puller.pull("");
        family.book(family.cell(scene.decidedHere));
        Puller.Answer second = puller.pullAfter(first.nextCursor(), 500);
        List<Long> runs = runs(scene);
        assertThat(runs).hasSize(2);
        TestCaller agent = TestCaller.agent(scene.town.id(), 1, MENU);

        SentLot drawn = seen(agent, runs.get(1));
        assertThat(drawn.lot().sequence()).isEqualTo(2);
        assertThat(drawn.firstPosition()).isEqualTo(3);
        assertThat(drawn.lot().upTo()).isEqualTo(3);
        assertThat(drawn.acknowledgedAt()).isNull();
        assertThat(fetched(agent, agent.call(() -> sentLots.take(runs.get(1))).orElseThrow()))
                .isEqualTo(second.body());
        assertThat(scene.town.texts("select actor || ' ' || table_name || ' ' || key || ' ' || field from change_log"
                        + " where town_id = ? and table_name = 'outgoing_lot'"))
                .as("who took it is kept")
                .containsExactly("a:" + scene.town.id() + ":1 outgoing_lot 2 taken");

        puller.acknowledge(second.nextCursor());
        assertThat(seen(agent, runs.get(1)).acknowledgedAt()).isNotNull();
        assertThat(seen(agent, runs.get(0)).acknowledgedAt())
                .as("who took the second has taken the first")
                .isNotNull();
        assertThat(fetched(agent, seen(agent, runs.get(0)))).isEqualTo(first.body());
    }

    @Test
    void fetching_acknowledges_nothing() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedThere));
        Puller puller = scene.puller();
        Puller.Answer pulled = puller.pull("");
        TestCaller agent = TestCaller.agent(scene.town.id(), 1, MENU);

        fetched(agent, agent.call(() -> sentLots.take(runs(scene).get(0))).orElseThrow());

        assertThat(puller.pull("").body()).isEqualTo(pulled.body());
        assertThat(scene.town.texts("select acknowledged from dispatch_state where town_id = ?"))
                .containsExactly("0");
    }

    @Test
    void a_run_of_another_kind_tells_of_no_lot() throws Exception {
        OutgoingScene scene = scene();
        scene.town.write(
                "insert into processing_run (town_id, id, universe, type, started_at, ended_at, progress, result)"
                        + " values (?, 77, 'Enfance', 'DIGEST', now(), now(), 100, 'DONE')");
        TestCaller agent = TestCaller.agent(scene.town.id(), 1, MENU);
        assertThat(agent.call(() -> sentLots.ofRun(77))).isEmpty();
        assertThat(agent.call(() -> sentLots.take(4711))).isEmpty();
    }

    @Test
    void nobody_else_gets_at_it() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedThere));
        scene.puller().pull("");
        long run = runs(scene).get(0);
        SentLot theirs = seen(TestCaller.agent(scene.town.id(), 1, MENU), run);

        TestCaller elsewhere = TestCaller.agent(scene().town.id(), 1, MENU);
        assertThat(elsewhere.call(() -> sentLots.ofRun(run))).isEmpty();
        assertThat(elsewhere.call(() -> sentLots.take(run))).isEmpty();
        assertThat(Puller.Lot.of(fetched(elsewhere, theirs)).files())
                .as("with another town's lot in hand")
                .isEmpty();

        for (TestCaller other : List.of(
                TestCaller.agent(scene.town.id(), 1, "MENU_DEMANDES"),
                TestCaller.exchange(scene.town.id(), 1),
                family.parent.caller())) {
            assertThatThrownBy(() -> other.call(() -> sentLots.take(run))).isInstanceOf(EJBAccessException.class);
        }
        assertThatThrownBy(() -> fetched(TestCaller.agent(scene.town.id(), 1, "MENU_DEMANDES"), theirs))
                .isInstanceOf(EJBAccessException.class);
    }
}
