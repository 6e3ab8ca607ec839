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

/** Tells how it ended, and clears up. */
@Dependent
@Named
public class ReportLot extends AbstractBatchlet {

    @EJB
    private TownGate gate;

    @Inject
    private LotSteps steps;

    @Inject
    private JobContext job;

    @Override
    public String process() {
        LotRun run = RunParameters.of(job);
        gate.doInTown(run.town(), () -> steps.report(run));
        return "REPORTED";
    }
}
