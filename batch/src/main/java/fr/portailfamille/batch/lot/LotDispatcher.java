package fr.portailfamille.batch.lot;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.LotOutcome;
import fr.portailfamille.exchange.LotQueue;
import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotTurn;
import fr.portailfamille.exchange.TownLeases;
import fr.portailfamille.exchange.TownLeases.Lease;
import fr.portailfamille.exchange.load.ImportPlaces;
import jakarta.annotation.PreDestroy;
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
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the job for the lot whose turn it is, in each town that has one and that no other node works for: the town that
 * has waited longest first, one lot of each, as many at once as {@code PORTAIL_LOTS_AT_ONCE} says (4). What a crash
 * interrupted is taken up by a new attempt, whatever the job repository believes of the old one.
 */
@ApplicationScoped
public class LotDispatcher {

    private static final Logger LOG = System.getLogger(LotDispatcher.class.getName());

    private static final String AT_ONCE = System.getenv().getOrDefault("PORTAIL_LOTS_AT_ONCE", "4");

    private static final Set<BatchStatus> OVER =
            EnumSet.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.STOPPED, BatchStatus.ABANDONED);

    /** A job that is over has said so long before. */
    private static final long LOOKED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

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

    private final Turns<Work> turns = new Turns<>(Integer.parseInt(AT_ONCE.strip()));
    private final AtomicBoolean asked = new AtomicBoolean();

    /** A lot that this node applies. */
    private static final class Work {
        private final LotRun run;
        private final Lease lease;
        private volatile long execution;
        private volatile long lookedAfter = System.nanoTime();

        private Work(LotRun run, Lease lease) {
            this.run = run;
            this.lease = lease;
        }
    }

    /** Looks at once, in the background. */
    public void wake() {
        if (asked.compareAndSet(false, true)) {
            executor.execute(() -> {
                asked.set(false);
                look();
            });
        }
    }

    /** A fault with one town keeps neither the others nor the schedule. */
    synchronized void look() {
        try {
            turns.works().values().forEach(this::lookAfter);
            if (turns.free()) {
                for (int town : leases.townsWithDueLots(clock.instant())) {
                    if (turns.free() && !turns.has(town)) {
                        dispatch(town);
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Lots that are due could not be looked for", e);
        }
    }

    private void dispatch(int town) {
        Optional<Lease> free = leases.acquire(town);
        if (free.isEmpty()) {
            return;
        }
        Lease lease = free.get();
        Optional<Work> work = Optional.empty();
        boolean started = false;
        try {
            boolean largeToo = turns.freeForLarge();
            Optional<LotTurn> turn = gate.inTown(town, () -> queue.next(largeToo));
            if (turn.isPresent()) {
                work = Optional.of(new Work(turn.get().run(), lease));
                turns.take(town, work.get(), turn.get().large());
                ImportPlaces.reached(ImportPlaces.AFTER_TURN, turn.get().flow());
                start(turn.get(), work.get());
                started = true;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "No lot of town " + town + " could be started", e);
        } finally {
            if (!started) {
                work.ifPresent(idle -> turns.giveBack(town, idle));
                lease.close();
            }
        }
    }

    private void start(LotTurn turn, Work work) {
        LotRun run = turn.run();
        // Inside the gate: the job's threads inherit who started it. There, the thread's class loader is that of the
        // gate's archive, which has no jobs.
        gate.doInTown(run.town(), () -> {
            ClassLoader gates = Thread.currentThread().getContextClassLoader();
            try {
                Thread.currentThread().setContextClassLoader(LotDispatcher.class.getClassLoader());
                work.execution = execute(turn);
                queue.executes(run, work.execution);
                LOG.log(
                        Level.INFO,
                        "Lot {0} of town {1}, attempt {2}: job execution {3}",
                        run.lot(),
                        run.town(),
                        run.attempt(),
                        work.execution);
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

    /**
     * A job has ended; a failed one is tried again some times, then its lot is given up.
     *
     * @param passes whether what made it fail may pass by itself
     */
    void ended(LotRun run, BatchStatus status, boolean passes) {
        try {
            if (status == BatchStatus.FAILED && gate.inTown(run.town(), () -> outcome.fail(run, passes))) {
                LOG.log(Level.ERROR, "Lot {0} of town {1} failed", run.lot(), run.town());
            }
        } finally {
            Work work = turns.works().get(run.town());
            if (work != null && work.run.equals(run)) {
                letGo(work);
            }
            wake();
        }
    }

    /**
     * When the database goes away under a job, the lease goes with it, and the job may end without being able to say so.
     * Its run is then taken up by a new attempt, here or on another node; what the old one might still write is refused.
     */
    private void lookAfter(Work work) {
        if (!work.lease.held()) {
            LOG.log(
                    Level.WARNING,
                    "The lease of town {0} is lost: lot {1} starts again",
                    work.run.town(),
                    work.run.lot());
            letGo(work);
        } else if (work.execution != 0 && System.nanoTime() - work.lookedAfter > LOOKED_AFTER_NANOS) {
            work.lookedAfter = System.nanoTime();
            BatchStatus status = BatchRuntime.getJobOperator()
                    .getJobExecution(work.execution)
                    .getBatchStatus();
            if (OVER.contains(status) && turns.works().get(work.run.town()) == work) {
                LOG.log(Level.WARNING, "Job execution {0} ended without a word: {1}", work.execution, status);
                ended(work.run, status, true);
            }
        }
    }

    /** Both at once for whoever looks: a turn without the lease would be another town's. */
    private synchronized void letGo(Work work) {
        if (turns.giveBack(work.run.town(), work)) {
            work.lease.close();
        }
    }

    @PreDestroy
    void letGoOfAll() {
        turns.works().values().forEach(this::letGo);
    }

    void eraseOldLots(Iterable<Integer> towns) {
        for (int town : towns) {
            gate.inTown(town, queue::eraseOldLots);
        }
    }
}
