package fr.portailfamille.exchange;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A piece of work of a run that another thread does, over a connection of its own, while this one does its part. Where a
 * busy pool has not come to it this thread does it too, when it needs it.
 */
final class OtherHand {

    private static final Logger LOG = System.getLogger(OtherHand.class.getName());

    private final FutureTask<Void> work;

    OtherHand(Runnable work, Executor executor) {
        this.work = new FutureTask<>(work, null);
        try {
            executor.execute(this.work);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "One hand does the work of two", e);
        }
    }

    /** Returns when both are done, however this thread's part ends: nothing may be written any more that is dropped then. */
    <T> T during(Supplier<T> part) {
        T done;
        try {
            done = part.get();
        } catch (RuntimeException | Error e) {
            endWith(e);
            throw e;
        }
        await();
        return done;
    }

    void during(Runnable part) {
        during(() -> {
            part.run();
            return true;
        });
    }

    private void endWith(Throwable failure) {
        try {
            await();
        } catch (RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Waits for the other hand.
     *
     * @throws RuntimeException that its work has thrown
     */
    void await() {
        work.run();
        try {
            work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while another hand was at work", e);
        }
    }
}
