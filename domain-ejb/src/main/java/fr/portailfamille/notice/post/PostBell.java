package fr.portailfamille.notice.post;

import fr.portailfamille.notice.NoticeQueued;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the sender as soon as a transaction with notices has been committed. */
@ApplicationScoped
class PostBell {

    private final Semaphore rung = new Semaphore(0);

    void ring(@Observes(during = TransactionPhase.AFTER_SUCCESS) NoticeQueued queued) {
        ring();
    }

    void ring() {
        rung.release();
    }

    /** Waits until somebody rings, or for this long: other nodes' notices and retries come due without a bell. */
    void await(Duration longest) throws InterruptedException {
        if (rung.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
