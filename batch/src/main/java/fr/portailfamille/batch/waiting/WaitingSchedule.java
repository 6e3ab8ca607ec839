package fr.portailfamille.batch.waiting;

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

/** Looks every second for days on which a place may have come free, from the start on. */
@WebListener
public class WaitingSchedule implements ServletContextListener {

    private static final Logger LOG = System.getLogger(WaitingSchedule.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private WaitingSweep sweep;

    private @Nullable ScheduledFuture<?> looking;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        looking = executor.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
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
            sweep.look();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Waiting lists could not be looked after", e);
        }
    }
}
