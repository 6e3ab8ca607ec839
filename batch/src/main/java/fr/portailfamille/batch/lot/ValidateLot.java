package fr.portailfamille.batch.lot;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotSteps;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What each row means; the guard. */
@Dependent
@Named
public class ValidateLot extends AbstractBatchlet {

    @EJB
    private TownGate gate;

    @Inject
    private LotSteps steps;

    @Inject
    private JobContext job;

    @Override
    public String process() {
        LotRun run = RunParameters.of(job);
        return gate.inTown(run.town(), () -> steps.validate(run)).name();
    }
}
