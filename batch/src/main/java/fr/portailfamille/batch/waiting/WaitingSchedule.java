package fr.portailfamille.batch.waiting;

import fr.portailfamille.batch.RepeatedWork;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.TimeUnit;

/** Looks every second for days on which a place may have come free, from the start on. */
@WebListener
public class WaitingSchedule extends RepeatedWork {

    @Inject
    private WaitingSweep sweep;

    @Override
    protected void begin() {
        every(1, TimeUnit.SECONDS, "Waiting lists could not be looked after", sweep::look);
    }
}
