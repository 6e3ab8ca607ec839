package fr.portailfamille.batch.digest;

import fr.portailfamille.batch.RepeatedWork;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.TimeUnit;

/**
 * Looks several times a minute whether a window of a town has ended. Looking, instead of a timer for each hour of each
 * town, is what makes up for hours missed while the server was down, for changed hours and for changes of the clock.
 */
@WebListener
public class DigestSchedule extends RepeatedWork {

    @Inject
    private DigestJobs jobs;

    @Override
    protected void begin() {
        every(15, TimeUnit.SECONDS, "The towns' digests could not be looked after", jobs::startDue);
    }
}
