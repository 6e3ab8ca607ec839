package fr.portailfamille.batch;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Work that is done again and again, from the start of the application to its end. */
public abstract class RepeatedWork implements ServletContextListener {

    private static final Logger LOG = System.getLogger(RepeatedWork.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    private final List<ScheduledFuture<?>> scheduled = new ArrayList<>();

    /** Says what is to be done, by {@link #every}. */
    protected abstract void begin();

    /**
     * Waits as long after the work has ended as before it began. A fault must not end the schedule.
     *
     * @param failed what to log then
     */
    protected final void every(long period, TimeUnit unit, String failed, Runnable work) {
        after(period, period, unit, failed, work);
    }

    /** The same, with another time before the first one. */
    protected final void after(long first, long period, TimeUnit unit, String failed, Runnable work) {
        scheduled.add(executor.scheduleWithFixedDelay(() -> guarded(failed, work), first, period, unit));
    }

    private static void guarded(String failed, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, failed, e);
        }
    }

    @Override
    public final void contextInitialized(ServletContextEvent event) {
        begin();
    }

    @Override
    public final void contextDestroyed(ServletContextEvent event) {
        scheduled.forEach(future -> future.cancel(false));
    }
}
