package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.load.Stage;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PostgreSQL starts with empty staging tables when one of its processes was killed, and may be back before the run asks it
 * for anything: a full lot of which nothing is left must not archive everybody.
 */
@Tag("container")
@Tag("X4")
@ExtendWith(ArquillianExtension.class)
class EmptiedStagingIT {

    private static final int PEOPLE = 5;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @EJB
    private TownGate gate;

    @EJB
    private LotQueue queue;

    @EJB
    private LotOutcome outcome;

    @EJB
    private LotValidation validation;

    @Inject
    private LotSteps steps;

    private LotScene scene;

    @BeforeEach
    void people() throws Exception {
        scene = LotScene.open(owner);
        scene.send(scene.people(1, PEOPLE), "APPLIED");
    }

    @Test
    void what_a_crash_has_emptied_after_it_was_read_is_not_checked() throws Exception {
        afterACrash(steps::read, steps::validate);
    }

    @Test
    void what_a_crash_has_emptied_after_it_was_checked_is_not_merged() throws Exception {
        afterACrash(this::readAndCheck, steps::merge);
    }

    /** What is rejected stands in staging too. */
    @Test
    void what_a_crash_has_emptied_is_not_held_with_no_rejected_row() throws Exception {
        afterACrash(this::readAndCheck, run -> outcome.hold(run, validation.verdicts(run), List.of()));
    }

    private void readAndCheck(LotRun run) {
        steps.read(run);
        steps.validate(run);
    }

    private void afterACrash(Consumer<LotRun> before, Consumer<LotRun> refused) throws Exception {
        // Nobody else works for the town while the test has its lease.
        try (TownLeases.Lease lease = scene.lease()) {
            assertThat(lease.held()).isTrue();
            scene.send(scene.people(2, PEOPLE));
            LotRun run = turn();
            inTown(run, () -> before.accept(run));
            crash(run);
            assertThatThrownBy(() -> inTown(run, () -> refused.accept(run)))
                    .hasRootCauseInstanceOf(Stage.EmptiedException.class);
            finishes();
        }
    }

    @Test
    void it_may_pass() {
        assertThat(PassingFaults.passes(new IllegalStateException(new Stage.EmptiedException())))
                .isTrue();
    }

    private LotRun turn() {
        return gate.inTown(scene.town(), () -> queue.next(true)).orElseThrow().run();
    }

    private void inTown(LotRun run, Runnable work) {
        gate.doInTown(run.town(), work);
    }

    /** As PostgreSQL leaves unlogged tables. */
    private void crash(LotRun run) throws SQLException {
        try (Connection connection = portal.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found =
                    statement.executeQuery("select 'engine.' || relname from pg_class where relname like 'lot\\_"
                            + run.run() + "\\_" + run.attempt() + "\\_%' and relpersistence = 'u' and relkind = 'r'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            assertThat(tables).as("staging tables").isNotEmpty();
            statement.execute("truncate " + String.join(", ", tables));
        }
    }

    /** By another attempt, and nobody was lost. */
    private void finishes() throws SQLException {
        assertThat(scene.standing()).isEqualTo(PEOPLE);
        LotRun next = turn();
        inTown(next, () -> {
            readAndCheck(next);
            steps.merge(next);
            steps.report(next);
        });
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(scene.standing()).isEqualTo(PEOPLE);
    }
}
