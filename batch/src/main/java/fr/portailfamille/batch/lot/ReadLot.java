package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import fr.portailfamille.exchange.LotSteps;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Cells into staging. A lot that is merged meanwhile, or was by an earlier attempt, has nothing to come but its report. */
@Dependent
@Named
public class ReadLot extends LotStep {

    @Inject
    private LotSteps steps;

    @Override
    String apply(LotRun run) {
        LotSteps.End end = steps.read(run);
        if (end == LotSteps.End.MERGED) {
            steps.report(run);
        }
        return end.name();
    }
}
