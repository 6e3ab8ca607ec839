package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process started in the background and found again by later commands. Its file holds the process id and the start
 * time: an id alone may belong to somebody else after a crash or a reboot. Threads may share one: who starts it again
 * once it has ended must not meet the one that ended it, still about to delete the file.
 */
final class OwnProcess {
    private final Path file;

    OwnProcess(Path file) {
        this.file = file;
    }

    /** Starts the command apart from this terminal, with its output in the log file. */
    synchronized void start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        List<String> detached = Commands.detached(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(log.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            ProcessHandle started = builder.start().toHandle();
            Files.writeString(file, started.pid() + " " + startOf(started) + "\n");
        } catch (IOException e) {
            throw new Problem("Could not start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    synchronized Optional<ProcessHandle> running() {
        try {
            String[] parts = Files.readString(file).strip().split(" ", -1);
            if (parts.length != 2) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startOf(process) == Long.parseLong(parts[1]));
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return running().isPresent();
    }

    /** Asks politely, and insists after the given time. */
    synchronized void stop(Duration patience) {
        running().ifPresent(process -> {
            process.destroy();
            if (!ended(process, patience)) {
                process.destroyForcibly();
                ended(process, Duration.ofSeconds(10));
            }
        });
        forget();
    }

    /** Ends it as a power cut would. */
    synchronized void kill() {
        running().ifPresent(process -> {
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(10));
        });
        forget();
    }

    /** Blocks until the process is gone. */
    void await() {
        running().ifPresent(process -> process.onExit().join());
    }

    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
