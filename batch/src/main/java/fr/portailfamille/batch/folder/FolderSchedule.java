package fr.portailfamille.batch.folder;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks into the drop folder every other second, where there is one. */
@WebListener
public class FolderSchedule implements ServletContextListener {

    private static final Logger LOG = System.getLogger(FolderSchedule.class.getName());
    private static final long SECONDS = 2;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private DropFolder folder;

    private final List<ScheduledFuture<?>> scheduled = new ArrayList<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        folder.root().ifPresent(root -> {
            LOG.log(Level.INFO, "Drop folder: {0}", root);
            scheduled.add(executor.scheduleWithFixedDelay(() -> look(root), SECONDS, SECONDS, TimeUnit.SECONDS));
            scheduled.add(executor.scheduleWithFixedDelay(() -> eraseOld(root), 15, 360, TimeUnit.MINUTES));
        });
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        scheduled.forEach(future -> future.cancel(false));
    }

    /** A fault must not end the schedule. */
    private void look(Path root) {
        try {
            folder.look(root);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The drop folder could not be looked into", e);
        }
    }

    private void eraseOld(Path root) {
        try {
            folder.eraseOld(root);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Old files of the drop folder could not be erased", e);
        }
    }
}
