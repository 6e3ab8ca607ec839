package fr.portailfamille.batch.bounce;

import fr.portailfamille.notice.bounce.Bounces;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks where mail that came back is handed in: into the folder that {@code PORTAIL_BOUNCE_DIR} names every few seconds,
 * into the mailbox at {@code PORTAIL_BOUNCE_IMAP_HOST} every minute. Unset, there is none.
 */
@WebListener
public class BounceSchedule implements ServletContextListener {

    private static final Logger LOG = System.getLogger(BounceSchedule.class.getName());
    private static final long FOLDER_SECONDS = 2;
    private static final long MAILBOX_SECONDS = 60;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Resource(lookup = "java:jboss/mail/PortalBounces")
    private Session session;

    @Inject
    private Bounces bounces;

    @Inject
    private Clock clock;

    private final List<ScheduledFuture<?>> scheduled = new ArrayList<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        set("PORTAIL_BOUNCE_DIR").map(Path::of).ifPresent(this::lookInto);
        set("PORTAIL_BOUNCE_IMAP_HOST")
                .ifPresent(host -> mailbox()
                        .ifPresentOrElse(
                                this::lookInto,
                                () -> LOG.log(
                                        Level.ERROR,
                                        "The mailbox at {0} is not read: PORTAIL_BOUNCE_IMAP_PASSWORD_FILE is not set",
                                        host)));
    }

    private static Optional<String> set(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Optional<BounceMailbox> mailbox() {
        return set("PORTAIL_BOUNCE_IMAP_PASSWORD_FILE")
                .map(Path::of)
                .map(password -> new BounceMailbox(
                        session,
                        password,
                        set("PORTAIL_BOUNCE_IMAP_FOLDER").orElse("INBOX"),
                        set("PORTAIL_BOUNCE_IMAP_ASIDE").orElse("Aside")));
    }

    private void lookInto(Path root) {
        LOG.log(Level.INFO, "Mail that comes back is looked for in {0}", root);
        BounceFolder folder = new BounceFolder(root, System::nanoTime);
        scheduled.add(executor.scheduleWithFixedDelay(
                () -> guarded("The folder of mail that came back", () -> folder.look(bounces::take)),
                FOLDER_SECONDS,
                FOLDER_SECONDS,
                TimeUnit.SECONDS));
        scheduled.add(executor.scheduleWithFixedDelay(
                () -> guarded("What came back long ago", () -> folder.eraseOlderThan(clock.instant())),
                15,
                360,
                TimeUnit.MINUTES));
    }

    private void lookInto(BounceMailbox mailbox) {
        LOG.log(Level.INFO, "Mail that comes back is looked for in a mailbox");
        scheduled.add(executor.scheduleWithFixedDelay(
                () -> guarded("The mailbox of mail that came back", () -> mailbox.look(bounces::take)),
                FOLDER_SECONDS,
                MAILBOX_SECONDS,
                TimeUnit.SECONDS));
    }

    private interface Look {
        void run() throws IOException, MessagingException;
    }

    /** A fault must not end the schedule. */
    private static void guarded(String what, Look look) {
        try {
            look.run();
        } catch (IOException | MessagingException e) {
            // Of the machine or the mail server: it may last, and is said at each look.
            LOG.log(Level.WARNING, "{0} could not be looked into: {1}", what, e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, what + " could not be looked into", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        scheduled.forEach(future -> future.cancel(false));
    }
}
