package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.TownPartition;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks every second for lots that are due, from the start on: that is how runs that a crash interrupted go on. */
@WebListener
public class LotSchedule implements ServletContextListener {

    private static final Logger LOG = System.getLogger(LotSchedule.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private LotDispatcher dispatcher;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownPartition partition;

    private final List<ScheduledFuture<?>> scheduled = new ArrayList<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        scheduled.add(executor.scheduleWithFixedDelay(dispatcher::look, 1, 1, TimeUnit.SECONDS));
        scheduled.add(executor.scheduleWithFixedDelay(this::giveUpAbandonedMoves, 5, 60, TimeUnit.SECONDS));
        scheduled.add(executor.scheduleWithFixedDelay(this::eraseOldLots, 10, 360, TimeUnit.MINUTES));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        scheduled.forEach(future -> future.cancel(false));
    }

    private void giveUpAbandonedMoves() {
        try {
            partition.giveUpAbandoned();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Moves that nobody ends could not be given up", e);
        }
    }

    private void eraseOldLots() {
        try {
            dispatcher.eraseOldLots(towns.all().stream().map(TownProfile::id).toList());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Lots older than 30 days could not be erased", e);
        }
    }
}
