package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.load.FileVerdicts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks files of a large lot while the next ones are still being read: reading keeps this server busy, checking the
 * database. A file is checked as soon as it was read and those that it refers to were checked, beside others that it does
 * not refer to; two at a time, because each has a connection that families need too. None of its work waits for other work of
 * the executor.
 */
final class ChecksAhead {

    private static final int LANES = 2;

    private final Map<FileFormat, CompletableFuture<Void>> read = new LinkedHashMap<>();
    private final Map<FileFormat, CompletableFuture<FileVerdicts>> checks = new LinkedHashMap<>();
    private final Function<FileFormat, FileVerdicts> check;
    private volatile boolean left;

    /** @param files of the lot, those that others refer to before these */
    ChecksAhead(List<FileFormat> files, Function<FileFormat, FileVerdicts> check, Executor executor) {
        this.check = check;
        for (FileFormat file : files) {
            CompletableFuture<Void> one = new CompletableFuture<>();
            read.put(file, one);
            CompletableFuture<?>[] before = Stream.of(Stream.of(one), referredTo(file), laneOf(checks.size()))
                    .flatMap(each -> each)
                    .toArray(CompletableFuture[]::new);
            checks.put(file, CompletableFuture.allOf(before).thenApplyAsync(ready -> checkUnlessLeft(file), executor));
        }
    }

    private Stream<CompletableFuture<FileVerdicts>> referredTo(FileFormat file) {
        return checks.entrySet().stream()
                .filter(other -> file.columns().stream()
                        .map(Column::parent)
                        .anyMatch(other.getKey().name()::equals))
                .map(Map.Entry::getValue);
    }

    /** Files take turns between the lanes; in each, one is checked after the other. */
    private Stream<CompletableFuture<FileVerdicts>> laneOf(int place) {
        return checks.values().stream().skip(Math.max(0, place - LANES)).limit(place < LANES ? 0 : 1);
    }

    private FileVerdicts checkUnlessLeft(FileFormat file) {
        if (left) {
            throw new CancellationException();
        }
        return check.apply(file);
    }

    /** A file was read to its end. */
    void staged(FileFormat file) {
        Objects.requireNonNull(read.get(file), file.name()).complete(null);
    }

    /** What each file's check has found, in the order of the files; the iterator waits for it, and throws as {@link #await} does. */
    Iterable<FileVerdicts> inOrder() {
        return () -> {
            Iterator<CompletableFuture<FileVerdicts>> each = checks.values().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public FileVerdicts next() {
                    return each.next().join();
                }
            };
        };
    }

    /**
     * Waits for all checks.
     *
     * @throws java.util.concurrent.CompletionException for one that failed; what refers to its file was not checked
     * @throws CancellationException when this was left
     */
    void await() {
        checks.values().forEach(CompletableFuture::join);
    }

    /** No check begins any more: who waits for one hears of it. */
    void stop() {
        left = true;
        read.values().forEach(one -> one.completeExceptionally(new CancellationException()));
    }

    /** Checks no more, and waits for those that were begun: what was staged may be dropped then. */
    void leave() {
        stop();
        CompletableFuture.allOf(checks.values().toArray(CompletableFuture[]::new))
                .handle((done, failure) -> null)
                .join();
    }
}
