package fr.portailfamille.batch.bounce;

import fr.portailfamille.batch.RepeatedWork;
import fr.portailfamille.notice.bounce.Bounces;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks where mail that came back is handed in: into the folder that {@code PORTAIL_BOUNCE_DIR} names every few seconds,
 * into the mailbox at {@code PORTAIL_BOUNCE_IMAP_HOST} every minute. Unset, there is none.
 */
@WebListener
public class BounceSchedule extends RepeatedWork {

    private static final Logger LOG = System.getLogger(BounceSchedule.class.getName());
    private static final String FAILED_FOLDER = "The folder of mail that came back could not be looked into";
    private static final String FAILED_MAILBOX = "The mailbox of mail that came back could not be looked into";
    private static final String FAILED_OLD = "What came back long ago could not be erased";
    private static final long FOLDER_SECONDS = 2;
    private static final long MAILBOX_SECONDS = 60;
    private static final int MAILS_AT_A_LOOK = 200;

    @Resource(lookup = "java:jboss/mail/PortalBounces")
    private Session session;

    @Inject
    private Bounces bounces;

    @Inject
    private Clock clock;

    @Override
    protected void begin() {
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
                        set("PORTAIL_BOUNCE_IMAP_ASIDE").orElse("Aside"),
                        MAILS_AT_A_LOOK));
    }

    private void lookInto(Path root) {
        LOG.log(Level.INFO, "Mail that comes back is looked for in {0}", root);
        BounceFolder folder = new BounceFolder(root, System::nanoTime);
        after(
                FOLDER_SECONDS,
                FOLDER_SECONDS,
                TimeUnit.SECONDS,
                FAILED_FOLDER,
                () -> saying(FAILED_FOLDER, () -> folder.look(bounces::take)));
        after(
                15,
                360,
                TimeUnit.MINUTES,
                FAILED_OLD,
                () -> saying(FAILED_OLD, () -> folder.eraseOlderThan(clock.instant())));
    }

    private void lookInto(BounceMailbox mailbox) {
        LOG.log(Level.INFO, "Mail that comes back is looked for in a mailbox");
        after(
                FOLDER_SECONDS,
                MAILBOX_SECONDS,
                TimeUnit.SECONDS,
                FAILED_MAILBOX,
                () -> saying(FAILED_MAILBOX, () -> mailbox.look(bounces::take)));
    }

    private interface Look {
        void run() throws IOException, MessagingException;
    }

    private static void saying(String failed, Look look) {
        try {
            look.run();
        } catch (IOException | MessagingException e) {
            // Of the machine or the mail server: it may last, and is said at each look.
            LOG.log(Level.WARNING, "{0}: {1}", failed, e);
        }
    }
}
