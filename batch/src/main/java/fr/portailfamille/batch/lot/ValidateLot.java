package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotSteps;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What each row means; the guard. */
@Dependent
@Named
public class ValidateLot extends LotStep {

    @Inject
    private LotSteps steps;

    @Override
    String apply(LotRun run) {
        return steps.validate(run).name();
    }
}
