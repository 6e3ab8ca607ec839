package fr.portailfamille.notice.post;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Sends what the outbox holds, on threads of its own from start to stop. They are begun here, by nobody, and only
 * told when there is work: taken from a visitor's request it would carry that visitor's identity into other towns.
 */
@Singleton
@Startup
@DependsOn("SchemaUpgrade")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@RunAs("SYSTEM")
@PermitAll
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PostOffice {

    private static final Logger LOG = System.getLogger(PostOffice.class.getName());

    /** To the mail server at a time; where there is little to send, one. */
    private static final int LINES = 3;

    /** One to pack the next handful, one to note the last, the others to speak over the further lines. */
    private static final int BESIDE = LINES + 1;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    @Resource
    private SessionContext context;

    @Resource
    private ManagedThreadFactory threads;

    @Resource(lookup = "java:jboss/mail/Portal")
    private Session session;

    @Inject
    private PostBell bell;

    @Inject
    private PostRound round;

    private volatile boolean closing;
    private Thread sender;
    private ExecutorService helpers;
    private WriteWatch watch;

    @PostConstruct
    void open() {
        PostOffice self = context.getBusinessObject(PostOffice.class);
        helpers = Executors.newFixedThreadPool(BESIDE, threads);
        watch = new WriteWatch(session);
        sender = threads.newThread(() -> serve(self));
        sender.setName("portail-post");
        sender.start();
    }

    @PreDestroy
    void close() {
        closing = true;
        bell.ring();
        try {
            // A letter under way may end; no other is begun.
            sender.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        helpers.shutdown();
        watch.close();
    }

    private void serve(PostOffice self) {
        // By the front door, which makes the helper the portal's own; it is not held open between two pieces of work.
        Aside aside = new PooledAside(helpers, self::work);
        boolean tidied = false;
        while (!closing) {
            Duration pause;
            try {
                if (!tidied) {
                    self.work(round::takeBack);
                    tidied = true;
                }
                pause = self.sendAll(aside);
            } catch (RuntimeException e) {
                if (closing) {
                    return;
                }
                LOG.log(Level.WARNING, "Sending e-mails was interrupted and goes on shortly", e);
                pause = AFTER_FAULT;
            }
            try {
                rest(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        if (pause.isZero()) {
            bell.await(LOOK_EVERY);
            return;
        }
        // Ringing does not shorten this one, except to stop.
        long until = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !closing; left = until - System.nanoTime()) {
            bell.await(Duration.ofNanos(left).plusMillis(1));
        }
    }

    /** Runs it as the portal itself; for the threads that are begun here. */
    public void work(Runnable work) {
        work.run();
    }

    /**
     * Sends until nothing is due.
     *
     * @return how long the mail server is to be left alone; zero when it did its work
     */
    public Duration sendAll(Aside aside) {
        List<Courier> couriers = Stream.generate(() -> (Courier) new SmtpCourier(session))
                .limit(LINES)
                .toList();
        try {
            return round.send(couriers, aside, () -> closing);
        } finally {
            couriers.forEach(Courier::close);
        }
    }
}
