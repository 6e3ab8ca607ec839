package fr.portailfamille.notice.post;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has the work done by the threads of a pool. A pool that ends, while the last letter is still under way, takes no more:
 * that is a fault like any other.
 *
 * @param door by which the work is begun
 */
record PooledAside(ExecutorService pool, Consumer<Runnable> door) implements Aside {

    @Override
    public <T> CompletableFuture<T> ask(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            pool.execute(() -> answer(done, work));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private <T> void answer(CompletableFuture<T> done, Supplier<T> work) {
        try {
            door.accept(() -> done.complete(work.get()));
        } catch (RuntimeException | Error e) {
            // An error too: whoever asked would wait for ever.
            done.completeExceptionally(e);
        }
    }
}
