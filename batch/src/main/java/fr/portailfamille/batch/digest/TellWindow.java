package fr.portailfamille.batch.digest;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.notice.digest.DigestResult;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;

/** The one step of the job: what it came to is its exit status, as administrators read it in the console. */
@Dependent
@Named
public class TellWindow extends AbstractBatchlet {

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk desk;

    @Inject
    @BatchProperty
    private String town;

    @Inject
    @BatchProperty
    private String windowEnd;

    @Override
    public String process() {
        Instant end = Instant.parse(windowEnd);
        DigestResult digest = gate.inTown(Integer.parseInt(town), () -> desk.tell(end));
        return digest.decisions() + " decisions and " + digest.changes() + " changes to " + digest.accounts()
                + " accounts";
    }
}
