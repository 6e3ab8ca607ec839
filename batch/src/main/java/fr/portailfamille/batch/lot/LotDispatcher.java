package fr.portailfamille.batch.lot;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.LotOutcome;
import fr.portailfamille.exchange.LotQueue;
import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotTurn;
import fr.portailfamille.exchange.TownLeases;
import jakarta.annotation.Resource;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;

/**
 * Starts the job for the lot whose turn it is, in each town that has one and that no other node works for. What a crash
 * interrupted is taken up by a new attempt, whatever the job repository believes of the old one.
 */
@ApplicationScoped
public class LotDispatcher {

    private static final Logger LOG = System.getLogger(LotDispatcher.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @EJB
    private TownGate gate;

    @EJB
    private LotQueue queue;

    @EJB
    private LotOutcome outcome;

    @Inject
    private TownLeases leases;

    @Inject
    private Clock clock;

    /** Looks at once, in the background. */
    public void wake() {
        executor.execute(this::look);
    }

    /** A fault with one town keeps neither the others nor the schedule. */
    void look() {
        try {
            for (int town : leases.townsWithDueLots(clock.instant())) {
                dispatch(town);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Lots that are due could not be looked for", e);
        }
    }

    private void dispatch(int town) {
        if (!leases.acquire(town)) {
            return;
        }
        boolean started = false;
        try {
            Optional<LotTurn> turn = gate.inTown(town, queue::next);
            if (turn.isPresent()) {
                start(turn.get());
                started = true;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "No lot of town " + town + " could be started", e);
        } finally {
            if (!started) {
                leases.release(town);
            }
        }
    }

    private void start(LotTurn turn) {
        LotRun run = turn.run();
        // Inside the gate: the job's threads inherit who started it. There, the thread's class loader is that of the
        // gate's
        // archive, which has no jobs.
        gate.doInTown(run.town(), () -> {
            ClassLoader gates = Thread.currentThread().getContextClassLoader();
            try {
                Thread.currentThread().setContextClassLoader(LotDispatcher.class.getClassLoader());
                long execution = execute(turn);
                queue.executes(run, execution);
                LOG.log(
                        Level.INFO,
                        "Lot {0} of town {1}, attempt {2}: job execution {3}",
                        run.lot(),
                        run.town(),
                        run.attempt(),
                        execution);
            } finally {
                Thread.currentThread().setContextClassLoader(gates);
            }
        });
    }

    private long execute(LotTurn turn) {
        JobOperator jobs = BatchRuntime.getJobOperator();
        Long interrupted = turn.interrupted();
        if (interrupted != null) {
            try {
                return jobs.restart(interrupted, RunParameters.of(turn.run()));
            } catch (BatchRuntimeException e) {
                LOG.log(Level.WARNING, "Execution " + interrupted + " cannot be restarted; the job starts anew", e);
            }
        }
        return jobs.start("import-lot", RunParameters.of(turn.run()));
    }

    /** A job has ended; a failed one is tried again some times, then its lot is given up. */
    void ended(LotRun run, BatchStatus status) {
        try {
            if (status == BatchStatus.FAILED && gate.inTown(run.town(), () -> outcome.fail(run))) {
                LOG.log(Level.ERROR, "Lot {0} of town {1} failed", run.lot(), run.town());
            }
        } finally {
            leases.release(run.town());
            wake();
        }
    }

    void eraseOldLots(Iterable<Integer> towns) {
        for (int town : towns) {
            gate.inTown(town, queue::eraseOldLots);
        }
    }
}
