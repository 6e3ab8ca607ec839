package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotSteps;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Tells how it ended, and clears up. */
@Dependent
@Named
public class ReportLot extends LotStep {

    @Inject
    private LotSteps steps;

    @Override
    String apply(LotRun run) {
        steps.report(run);
        return "REPORTED";
    }
}
