package fr.portailfamille.batch.digest;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts the job for each town whose window has ended. Two nodes may start it for the same window, and one node twice:
 * the second run finds the window told.
 */
@ApplicationScoped
public class DigestJobs {

    private static final Logger LOG = System.getLogger(DigestJobs.class.getName());

    private static final Set<BatchStatus> UNDER_WAY =
            EnumSet.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);

    /** Before a window that could not be told is tried again. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk desk;

    @Inject
    private TownDirectory towns;

    private final Map<Window, Run> last = new ConcurrentHashMap<>();

    private record Window(int town, Instant end) {}

    private record Run(long execution, long startedNanos) {}

    /** Looks at every town; one that fails does not keep the others from their digests. */
    void startDue() {
        for (TownProfile town : towns.all()) {
            try {
                List<Instant> due = gate.inTown(town.id(), desk::due);
                last.keySet().removeIf(window -> window.town() == town.id() && !due.contains(window.end()));
                due.forEach(end -> start(town, end));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The digest of " + town.code() + " could not be started", e);
            }
        }
    }

    private void start(TownProfile town, Instant windowEnd) {
        JobOperator jobs = BatchRuntime.getJobOperator();
        Window window = new Window(town.id(), windowEnd);
        Optional<Run> before = Optional.ofNullable(last.get(window))
                .filter(run -> underWay(jobs, run) || System.nanoTime() - run.startedNanos() < AFTER_FAILURE.toNanos());
        if (before.isPresent()) {
            return;
        }
        Properties parameters = new Properties();
        parameters.setProperty("town", Integer.toString(town.id()));
        parameters.setProperty("windowEnd", windowEnd.toString());
        // Started from this thread, which is nobody's: the job's own inherits that, and the gate lets it in. Not from
        // inside the gate, where the server would look for the job's description in the EJB module.
        long execution = jobs.start("digest", parameters);
        last.put(window, new Run(execution, System.nanoTime()));
        LOG.log(Level.INFO, "Digest of {0} until {1}: job execution {2}", town.code(), windowEnd, execution);
    }

    private static boolean underWay(JobOperator jobs, Run run) {
        return UNDER_WAY.contains(jobs.getJobExecution(run.execution()).getBatchStatus());
    }
}
