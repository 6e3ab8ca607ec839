package fr.portailfamille.batch.digest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks several times a minute whether a window of a town has ended. Looking, instead of a timer for each hour of each
 * town, is what makes up for hours missed while the server was down, for changed hours and for changes of the clock.
 */
@WebListener
public class DigestSchedule implements ServletContextListener {

    private static final Logger LOG = System.getLogger(DigestSchedule.class.getName());
    private static final long SECONDS = 15;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private DigestJobs jobs;

    private @Nullable ScheduledFuture<?> looking;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        looking = executor.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    /** A fault must not end the schedule. */
    private void look() {
        try {
            jobs.startDue();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The towns' digests could not be looked after", e);
        }
    }
}
