package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.PassingFaults;
import jakarta.batch.api.listener.AbstractJobListener;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** However a job ends, the town's next lot gets its turn. */
@Dependent
@Named
public class LotJobEnd extends AbstractJobListener {

    @Inject
    private LotDispatcher dispatcher;

    @Inject
    private JobContext job;

    @Override
    public void afterJob() {
        LotRun run = RunParameters.of(job);
        boolean passes = job.getTransientUserData() instanceof Exception failure && PassingFaults.passes(failure);
        dispatcher.ended(run, job.getBatchStatus(), passes);
    }
}
