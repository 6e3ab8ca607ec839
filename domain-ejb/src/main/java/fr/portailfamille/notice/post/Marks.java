package fr.portailfamille.notice.post;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The mails of a handful that left, on their way to whoever notes each of them: one thread asks and waits, another works
 * through them as they come. When the worker is gone, for whatever reason, nobody waits for it any longer.
 */
final class Marks {

    private static final Mark END = new Mark(0, 0, Instant.EPOCH, new CompletableFuture<>());

    private final BlockingQueue<Mark> asked = new LinkedBlockingQueue<>();
    private @Nullable Throwable gone;

    /**
     * A mail that left.
     *
     * @param done ends with the mark being made, or with what kept it from being made
     */
    record Mark(int town, long notice, Instant at, CompletableFuture<Void> done) {}

    static Marks of(int town, long notice, Instant at) {
        Marks one = new Marks();
        one.ask(town, notice, at);
        one.close();
        return one;
    }

    synchronized CompletableFuture<Void> ask(int town, long notice, Instant at) {
        Mark mark = new Mark(town, notice, at, new CompletableFuture<>());
        if (gone == null) {
            asked.add(mark);
        } else {
            mark.done().completeExceptionally(gone);
        }
        return mark.done();
    }

    /** No more will be asked for. */
    void close() {
        asked.add(END);
    }

    /** Waits for the next one to make; null at the end. */
    @Nullable
    Mark next() throws InterruptedException {
        Mark next = asked.take();
        return next == END ? null : next;
    }

    /** What was asked for and is not made, and what will be asked for, ends in this fault. */
    synchronized void abandon(Throwable fault) {
        gone = fault;
        for (Mark mark = asked.poll(); mark != null; mark = asked.poll()) {
            mark.done().completeExceptionally(fault);
        }
    }
}
