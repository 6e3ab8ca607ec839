package fr.portailfamille.notice.digest;

import fr.portailfamille.notice.digest.ToldFamilies.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Families on their way from the thread that reads them to the one that writes their e-mails, some handfuls at a time.
 * Whoever fails, the other one hears of it and ends.
 */
final class FamilyQueue {

    private static final int HANDFUL = 250;
    private static final int ON_THE_WAY = 8;

    /** After that it is asked whether the other one is still there. */
    private static final long LOOK_MILLIS = 200;

    /** A pool that has not come to it by then is busy: the writer reads by itself. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final BlockingQueue<List<Told>> handfuls = new ArrayBlockingQueue<>(ON_THE_WAY);
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean left;

    /** Reads them. */
    interface Source {
        void read(Consumer<Told> taker);
    }

    /** The reader's part; nothing where the writer did not wait for it. */
    void fill(Source source) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        List<Told> gathered = new ArrayList<>(HANDFUL);
        source.read(family -> {
            gathered.add(family);
            if (gathered.size() == HANDFUL) {
                pass(List.copyOf(gathered));
                gathered.clear();
            }
        });
        if (!gathered.isEmpty()) {
            pass(List.copyOf(gathered));
        }
        pass(List.of());
    }

    private void pass(List<Told> handful) {
        try {
            while (!handfuls.offer(handful, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (left) {
                    throw new CancellationException("Nobody takes what is read");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while digests were being read", e);
        }
    }

    /**
     * The writer's part.
     *
     * @param reading ends when the reader ends, however it does
     * @param instead does the reader's work where nobody has begun it in time, or the reader failed before it had read
     *     anything, for want of a connection perhaps
     */
    void empty(CompletableFuture<Void> reading, Consumer<Told> taker, Runnable instead) {
        try {
            List<Told> handful = next(PATIENCE_MILLIS);
            if (handful == null && begun.compareAndSet(false, true)) {
                instead.run();
                return;
            }
            boolean some = false;
            while (handful == null || !handful.isEmpty()) {
                if (handful != null) {
                    some = true;
                    handful.forEach(taker);
                }
                boolean ended = reading.isDone();
                // Asked once more where it has ended: it may have come between the two looks.
                handful = next(ended ? 0 : LOOK_MILLIS);
                if (handful == null && ended) {
                    if (some) {
                        throw failure(reading);
                    }
                    instead.run();
                    return;
                }
            }
        } finally {
            left = true;
        }
    }

    private @Nullable List<Told> next(long millis) {
        try {
            return handfuls.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while digests were being written", e);
        }
    }

    private static RuntimeException failure(CompletableFuture<Void> reading) {
        try {
            reading.join();
        } catch (CompletionException e) {
            return e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return new IllegalStateException("The reader ended before its end");
    }
}
