package fr.portailfamille.batch.lot;

import jakarta.batch.api.listener.AbstractStepListener;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Keeps why a step failed, for the end of the job to judge whether it may pass by itself. */
@Dependent
@Named
public class LotStepEnd extends AbstractStepListener {

    @Inject
    private JobContext job;

    @Inject
    private StepContext step;

    @Override
    public void afterStep() {
        if (step.getException() != null) {
            job.setTransientUserData(step.getException());
        }
    }
}
