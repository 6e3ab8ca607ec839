package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.load.CheckedPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the files of a large lot side by side. A file can be checked when it was read and those that it refers
 * to were checked. Two pieces of work at a time, because each has a connection that families need too; none waits for
 * another one. As long as there is something to read, one of them reads and one at most: reading keeps this server and the
 * database busy together, and what is read later is what the last checks wait for.
 */
final class LotPipeline {

    private static final int AT_ONCE = 2;

    private final List<Work> files = new ArrayList<>();
    private final Set<CompletableFuture<Void>> running = new HashSet<>();
    private final Consumer<FileFormat> read;
    private final Check check;
    private final Executor executor;
    private boolean reading;
    private boolean left;

    /** Checks a file; what it finds of the first rows before the others it may give beforehand. */
    @FunctionalInterface
    interface Check {

        /** @return what is to be merged when all was checked */
        CheckedPart apply(FileFormat file, Consumer<CheckedPart> first);
    }

    private enum State {
        UNREAD,
        READ,
        CHECKED,
        /** Reading or checking it. */
        AT_WORK
    }

    private static final class Work {
        private final FileFormat file;
        private final List<Work> referredTo;
        /** The first rows, where they were checked before the others. */
        private final CompletableFuture<Optional<CheckedPart>> first = new CompletableFuture<>();

        private final CompletableFuture<CheckedPart> checked = new CompletableFuture<>();
        private State state = State.UNREAD;
        private @Nullable RuntimeException failure;

        private Work(FileFormat file, List<Work> referredTo) {
            this.file = file;
            this.referredTo = referredTo;
        }

        private boolean canBeChecked() {
            return state == State.READ && referredTo.stream().allMatch(other -> other.state == State.CHECKED);
        }

        private void ends(CheckedPart part) {
            first.complete(Optional.empty());
            checked.complete(part);
        }

        private void fails(Throwable failure) {
            first.completeExceptionally(failure);
            checked.completeExceptionally(failure);
        }
    }

    /** @param files of the lot, those that others refer to before these */
    LotPipeline(List<FileFormat> files, Consumer<FileFormat> read, Check check, Executor executor) {
        this.read = read;
        this.check = check;
        this.executor = executor;
        for (FileFormat file : files) {
            this.files.add(new Work(file, referredTo(file)));
        }
    }

    private List<Work> referredTo(FileFormat file) {
        return files.stream()
                .filter(other -> file.columns().stream().map(Column::parent).anyMatch(other.file.name()::equals))
                .toList();
    }

    /** A piece of work that was begun: checking a file, or reading it. */
    private record Step(Work work, boolean checks, CompletableFuture<Void> done) {}

    /** Begins whatever can be begun. */
    void begin() {
        for (Step next = next(); next != null; next = next()) {
            Step step = next;
            try {
                executor.execute(() -> take(step));
            } catch (RejectedExecutionException e) {
                failed(step.work, e);
                ended(step);
            }
        }
    }

    private synchronized @Nullable Step next() {
        if (left || running.size() == AT_ONCE) {
            return null;
        }
        Optional<Work> unread = files.stream()
                .filter(work -> !reading && work.state == State.UNREAD)
                .findFirst();
        Optional<Work> checkable = files.stream().filter(Work::canBeChecked).findFirst();
        Optional<Work> any = unread.or(() -> checkable);
        if (any.isEmpty()) {
            return null;
        }
        Step step = new Step(any.get(), unread.isEmpty(), new CompletableFuture<>());
        step.work.state = State.AT_WORK;
        reading |= !step.checks;
        running.add(step.done);
        return step;
    }

    private void take(Step step) {
        try {
            if (step.checks) {
                checked(step.work, check.apply(step.work.file, part -> step.work.first.complete(Optional.of(part))));
            } else {
                read.accept(step.work.file);
                inState(step.work, State.READ);
            }
        } catch (RuntimeException e) {
            failed(step.work, e);
        } catch (Error e) {
            // Who waits would wait for ever.
            failed(step.work, new CompletionException(e));
        } finally {
            ended(step);
        }
        begin();
    }

    private void checked(Work work, CheckedPart part) {
        inState(work, State.CHECKED);
        work.ends(part);
    }

    private synchronized void inState(Work work, State state) {
        work.state = state;
    }

    private void failed(Work work, RuntimeException failure) {
        synchronized (this) {
            work.failure = failure;
        }
        work.fails(failure);
        stop();
    }

    private void ended(Step step) {
        synchronized (this) {
            running.remove(step.done);
            reading &= step.checks;
        }
        step.done.complete(null);
    }

    /**
     * What was checked, in the order of the files, of each the first rows before the others where they were given
     * beforehand; the iterator waits for it, and throws where there will be none.
     */
    Iterable<CheckedPart> inOrder() {
        List<Supplier<Optional<CheckedPart>>> parts = files.stream()
                .flatMap(work -> Stream.<Supplier<Optional<CheckedPart>>>of(
                        work.first::join, () -> Optional.of(work.checked.join())))
                .toList();
        return () -> parts.stream().flatMap(part -> part.get().stream()).iterator();
    }

    /**
     * Waits until all is read and checked.
     *
     * @throws RuntimeException that reading or checking a file has thrown, the first one's where there are several; nothing
     *     was begun after it
     * @throws CancellationException when this was left
     */
    void await() {
        files.forEach(work -> work.checked.handle((found, failure) -> found).join());
        awaitRunning();
        firstFailure().ifPresent(failure -> {
            throw failure;
        });
        if (files.stream().anyMatch(work -> work.checked.isCompletedExceptionally())) {
            throw new CancellationException();
        }
    }

    private synchronized Optional<RuntimeException> firstFailure() {
        return files.stream()
                .flatMap(work -> Optional.ofNullable(work.failure).stream())
                .findFirst();
    }

    private void awaitRunning() {
        CompletableFuture<?>[] now;
        synchronized (this) {
            now = running.toArray(CompletableFuture[]::new);
        }
        CompletableFuture.allOf(now).join();
    }

    /** Nothing begins any more: who waits for what was not found hears of it. */
    private void stop() {
        synchronized (this) {
            left = true;
        }
        files.forEach(work -> work.fails(new CancellationException()));
    }

    /** Begins nothing more, and waits for what was begun: what was staged may be dropped then. */
    void leave() {
        stop();
        awaitRunning();
    }
}
