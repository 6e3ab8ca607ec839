package fr.portailfamille.batch.lot;

import fr.portailfamille.batch.RepeatedWork;
import fr.portailfamille.exchange.TownPartition;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.TimeUnit;

/** Looks every second for lots that are due, from the start on: that is how runs that a crash interrupted go on. */
@WebListener
public class LotSchedule extends RepeatedWork {

    @Inject
    private LotDispatcher dispatcher;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownPartition partition;

    @Override
    protected void begin() {
        every(1, TimeUnit.SECONDS, "Lots that are due could not be looked for", dispatcher::look);
        after(5, 60, TimeUnit.SECONDS, "Moves that nobody ends could not be given up", partition::giveUpAbandoned);
        after(10, 360, TimeUnit.MINUTES, "Lots older than 30 days could not be erased", this::eraseOldLots);
    }

    private void eraseOldLots() {
        dispatcher.eraseOldLots(towns.all().stream().map(TownProfile::id).toList());
    }
}
