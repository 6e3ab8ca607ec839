package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A PostgreSQL of the instance's own: durable (fsync on), on the loopback interface, with a password for everybody. */
final class LocalPostgres {
    private static final String VERSION = "18.6.0";

    /**
     * What it dies of in its first start after a crash that met the creation of an unlogged table being taken back, as that
     * of staging is when its server dies. The second start finds what the first has made and succeeds. PostgreSQL bug 17731.
     */
    private static final String LEFT_FILE = ": File exists";

    private static final long LOOKED_AT = 1 << 20;

    private final Path folder;
    private final Path log;
    private final int port;
    private final String password;
    private final OrdinaryUser user = OrdinaryUser.find();
    private final Optional<SmallDisk> smallDisk;

    /** @param megabytes of a disk of its own that the database finds mounted; none where there is no number */
    LocalPostgres(StateFolder state, int port, OptionalInt megabytes) {
        PostgresBinaries.unpackTo(state.folder("postgres").resolve(VERSION));
        this.port = port;
        this.password = state.secret("postgres");
        this.folder = reachable(state);
        this.log = folder.resolve("log");
        this.smallDisk = megabytes.isPresent()
                ? Optional.of(new SmallDisk(folder.resolve("small"), megabytes.getAsInt()))
                : Optional.empty();
    }

    /** A way that is closed to the ordinary user (a clone under /root, say) sends the data to a place that is open. */
    private Path reachable(StateFolder state) {
        Path inState = state.folder("postgres");
        if (user.canRun(inState.resolve(VERSION).resolve("bin/postgres"))) {
            return inState;
        }
        Path place = elsewhere(inState);
        PostgresBinaries.unpackTo(place.resolve(VERSION));
        if (!user.canRun(place.resolve(VERSION).resolve("bin/postgres"))) {
            throw new Problem("PostgreSQL does not run on this machine: "
                    + Commands.run(user.command(List.of(program("postgres", place), "--version")))
                            .output());
        }
        return place;
    }

    /** Noted in the state folder, whose secrets belong to the data: without the note, the data is nobody's. */
    private static Path elsewhere(Path inState) {
        Path note = inState.resolve("place");
        try {
            if (!Files.exists(note)) {
                Path open = Files.createDirectories(Path.of("/var/lib/portail-famille"));
                Path place = Files.createTempDirectory(
                        open,
                        "postgres",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.writeString(note, place.toString());
            }
            return Path.of(Files.readString(note));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it and forgets its data. */
    void discard() {
        stop();
        try {
            StateFolder.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatabaseAddress address() {
        return new DatabaseAddress("127.0.0.1", port, "postgres", password, "postgres", "portail");
    }

    boolean isRunning() {
        return process().isPresent();
    }

    void start() {
        if (isRunning()) {
            return;
        }
        try {
            if (!Files.exists(data().resolve("PG_VERSION"))) {
                create();
            }
            // What a dead postmaster left; one that lives was found above.
            Files.deleteIfExists(data().resolve("postmaster.pid"));
            writeSettings();
            if (smallDisk.isPresent()) {
                Files.createDirectories(smallDisk.get().place());
                smallDisk.get().requirePossible(user);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long before = log.toFile().length();
        Commands.Outcome outcome = startOnce();
        if (outcome.exit() != 0 && saidSince(before).contains(LEFT_FILE)) {
            outcome = startOnce();
        }
        if (outcome.exit() != 0) {
            throw new Problem("PostgreSQL did not start; its log is " + log + "\n" + outcome.output());
        }
    }

    private Commands.Outcome startOnce() {
        List<String> start = List.of(
                program("pg_ctl", folder), "start", "-w", "-t", "300", "-D", data().toString(), "-l", log.toString());
        return Commands.run(smallDisk.map(disk -> disk.around(user, start)).orElseGet(() -> user.command(start)));
    }

    private String saidSince(long before) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(before);
            byte[] said = new byte[(int) Math.min(LOOKED_AT, file.length() - before)];
            file.readFully(said);
            return new String(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        if (isRunning()) {
            Commands.require(
                    "Stopping PostgreSQL",
                    user.command(List.of(
                            program("pg_ctl", folder),
                            "stop",
                            "-w",
                            "-t",
                            "120",
                            "-m",
                            "fast",
                            "-D",
                            data().toString())));
        }
    }

    /** Ends the whole server as a power cut would: nothing is flushed, the next start replays its log. */
    void kill() {
        process().ifPresent(postmaster -> {
            List<ProcessHandle> all = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            postmaster.onExit().join();
            // Their shared memory must be gone before another postmaster may start.
            all.forEach(process -> process.onExit().join());
        });
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String program(String name, Path folder) {
        return folder.resolve(VERSION).resolve("bin").resolve(name).toString();
    }

    private void create() throws IOException {
        StateFolder.deleteTree(data());
        Files.createDirectories(data());
        Path passwordFile = folder.resolve("password");
        StateFolder.writePrivate(passwordFile, password);
        user.own(passwordFile);
        user.own(data());
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        user.own(log);
        try {
            // The collation is PostgreSQL's own, so that sorting and indexes do not depend on the machine's libraries.
            Commands.require(
                    "Creating the database",
                    user.command(List.of(
                            program("initdb", folder),
                            "--pgdata=" + data(),
                            "--username=postgres",
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C")));
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(data().resolve("postgresql.conf"), "\ninclude 'portail.conf'\n", StandardOpenOption.APPEND);
    }

    private void writeSettings() throws IOException {
        Path settings = data().resolve("portail.conf");
        Files.writeString(settings, """
                # Written at each start of the portal.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 100
                shared_buffers = '512MB'
                work_mem = '16MB'
                maintenance_work_mem = '256MB'
                max_wal_size = '8GB'
                checkpoint_timeout = '15min'
                fsync = on
                jit = off
                random_page_cost = 1.1
                log_line_prefix = '%%m [%%p] %%u@%%d '
                timezone = 'UTC'
                """.formatted(port));
        user.own(settings);
    }

    Path smallDisk() {
        return smallDisk.orElseThrow().place();
    }

    /** For measurements. */
    Optional<ProcessHandle> postmaster() {
        return process();
    }

    /** The postmaster, if it is one: after a crash the number in its file may be another process's. */
    private Optional<ProcessHandle> process() {
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long id = Long.parseLong(Files.readAllLines(file).get(0).strip());
            String program = Path.of(program("postgres", folder)).toRealPath().toString();
            return ProcessHandle.of(id)
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            process.info().command().map(program::equals).orElse(false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
