package fr.portailfamille.notice.sms;

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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends short messages, on a thread of its own from start to stop, where a gateway is installed. */
@Singleton
@Startup
@DependsOn("SchemaUpgrade")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@RunAs("SYSTEM")
@PermitAll
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SmsOffice {

    private static final Logger LOG = System.getLogger(SmsOffice.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    @Resource
    private SessionContext context;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private SmsRound round;

    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread sender;
    private @Nullable SmsGateway gateway;

    @PostConstruct
    void open() {
        try {
            gateway = HttpSmsGateway.configured(System.getenv()).orElse(null);
        } catch (IllegalArgumentException e) {
            // Families go on getting their mails; messages wait until this is set right.
            LOG.log(Level.ERROR, "No SMS is sent", e);
        }
        if (gateway != null) {
            SmsOffice self = context.getBusinessObject(SmsOffice.class);
            Thread thread = threads.newThread(() -> serve(self));
            thread.setName("portail-sms");
            thread.start();
            sender = thread;
        }
    }

    @PreDestroy
    void close() {
        closing.countDown();
        try {
            if (sender != null) {
                sender.join(LONGEST_STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SmsOffice self) {
        Duration pause = Duration.ZERO;
        try {
            while (!closing.await((pause.isZero() ? LOOK_EVERY : pause).toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    pause = self.sendAll();
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "Sending SMS was interrupted and goes on shortly", e);
                    pause = AFTER_FAULT;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By the front door, which makes the thread the portal's own. */
    public Duration sendAll() {
        SmsGateway open = gateway;
        return open == null ? Duration.ZERO : round.send(open, () -> closing.getCount() == 0);
    }
}
