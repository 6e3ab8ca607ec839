package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.FileFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Checks files of a large lot, one after the other, while the next ones are still being read: reading keeps this server
 * busy, checking the database. For one thread that reads.
 */
final class ChecksAhead {

    private final Consumer<FileFormat> check;
    private final Executor executor;
    private CompletableFuture<Void> checks = CompletableFuture.completedFuture(null);
    private volatile boolean left;

    ChecksAhead(Consumer<FileFormat> check, Executor executor) {
        this.check = check;
        this.executor = executor;
    }

    /** A file was read to its end; those that it refers to were before. */
    void staged(FileFormat file) {
        checks = checks.thenRunAsync(
                () -> {
                    if (!left) {
                        check.accept(file);
                    }
                },
                executor);
    }

    /**
     * Waits for what was begun.
     *
     * @throws java.util.concurrent.CompletionException for the first check that failed; none came after it
     */
    void await() {
        checks.join();
    }

    /** Checks no more, and waits for the one that was begun: what was staged may be dropped then. */
    void leave() {
        left = true;
        checks.handle((done, failure) -> null).join();
    }
}
