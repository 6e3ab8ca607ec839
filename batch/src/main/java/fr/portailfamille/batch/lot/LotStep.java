package fr.portailfamille.batch.lot;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.LotRun;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A step of a lot's job, inside the gate of its town. */
abstract class LotStep extends AbstractBatchlet {

    private static final Logger LOG = System.getLogger(LotStep.class.getName());

    @EJB
    private TownGate gate;

    @Inject
    private JobContext job;

    /** @return the exit status */
    abstract String apply(LotRun run);

    @Override
    public final String process() {
        LotRun run = RunParameters.of(job);
        try {
            return gate.inTown(run.town(), () -> apply(run));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Lot " + run.lot() + " of town " + run.town() + ", attempt " + run.attempt(), e);
            // For the end of the job to judge. The job repository keeps what a step throws, and cannot read again what
            // is
            // made of the application's classes.
            job.setTransientUserData(e);
            throw new IllegalStateException(e.getMessage());
        }
    }
}
