package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotSteps;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Cells into staging. */
@Dependent
@Named
public class ReadLot extends LotStep {

    @Inject
    private LotSteps steps;

    @Override
    String apply(LotRun run) {
        return steps.read(run).name();
    }
}
