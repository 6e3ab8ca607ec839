package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotSteps;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Everything into the live tables, in one transaction; then tells how it ended, and clears up. */
@Dependent
@Named
public class MergeLot extends LotStep {

    @Inject
    private LotSteps steps;

    @Override
    String apply(LotRun run) {
        steps.merge(run);
        steps.report(run);
        return LotSteps.End.MERGED.name();
    }
}
