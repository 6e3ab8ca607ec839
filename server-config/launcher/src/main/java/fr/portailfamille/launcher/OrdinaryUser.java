package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Where the portal is started by root, its database runs as an ordinary user of the
 * machine: the one behind sudo, else {@code postgres}, else {@code nobody}.
 */
final class OrdinaryUser {
    private final Optional<Account> account;

    private record Account(String name, int uid, int gid) {}

    private OrdinaryUser(Optional<Account> account) {
        this.account = account;
    }

    static OrdinaryUser find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new OrdinaryUser(Optional.empty());
        }
        if (Commands.find("setpriv").isEmpty()) {
            throw new Problem("PostgreSQL does not run as root, and setpriv (package util-linux) is missing. "
                    + "Start ./portail as an ordinary user, or install util-linux.");
        }
        List<Account> accounts = accounts();
        String behindSudo = Optional.ofNullable(System.getenv("SUDO_USER")).orElse("");
        Account found = Stream.of(behindSudo, "postgres", "nobody")
                .flatMap(name ->
                        accounts.stream().filter(account -> account.name().equals(name)))
                .filter(account -> account.uid() != 0)
                .findFirst()
                .orElseThrow(() -> new Problem("PostgreSQL does not run as root, and this machine has neither a user "
                        + "postgres nor a user nobody. Start ./portail as an ordinary user."));
        return new OrdinaryUser(Optional.of(found));
    }

    /** The command as this user runs it. */
    List<String> command(List<String> command) {
        if (account.isEmpty()) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + account.get().uid(),
                "--regid=" + account.get().gid(),
                "--clear-groups"));
        all.addAll(command);
        return all;
    }

    /** Makes a file system that is mounted for this user this user's. */
    String mountOptions() {
        return account.map(found -> "uid=" + found.uid() + ",gid=" + found.gid() + ",")
                .orElse("");
    }

    /** Whether this user may run that program, which needs the way to it to be open. */
    boolean canRun(Path program) {
        return Commands.run(command(List.of(program.toString(), "--version"))).exit() == 0;
    }

    /** Makes this user the owner of a folder and all in it. */
    void own(Path folder) {
        if (account.isEmpty()) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                        throws IOException {
                    give(visited);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    give(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", account.orElseThrow().uid());
        Files.setAttribute(path, "unix:gid", account.orElseThrow().gid());
    }

    private static List<Account> accounts() {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3)
                    .map(fields -> new Account(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
