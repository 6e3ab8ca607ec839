package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.UUID;

/** Where an instance keeps its data, logs, process files and secrets between two runs. */
public final class StateFolder {
    private final Path root;

    public StateFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path log(String name) {
        return folder("log").resolve(name);
    }

    public Path mails() {
        return folder("mails");
    }

    /** @param node empty for the first server */
    Path server(String node) {
        return node.isEmpty() ? root.resolve("server") : folder("nodes/" + node).resolve("server");
    }

    Path serverLogs(String node) {
        return folder(node.isEmpty() ? "log" : "nodes/" + node + "/log");
    }

    Path process(String name) {
        return folder("run").resolve(name + ".pid");
    }

    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that only its owner may enter. */
    Path privateFolder(String name) {
        try {
            Path folder = folder(name);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells this folder from any other; no secret. */
    String id() {
        Path file = root.resolve("id");
        try {
            if (!Files.exists(file)) {
                folder(".");
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A secret of 256 random bits, made at its first use and the same ever after. */
    public String secret(String name) {
        Path file = secretFile(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A password that people can type, made at its first use and the same ever after: some 70 random bits. */
    String password(String name) {
        Path file = privateFolder("secrets").resolve(name + "-password");
        if (!Files.exists(file)) {
            SecureRandom random = new SecureRandom();
            StringBuilder password = new StringBuilder();
            // Letters that look alike are left out; each group begins with a kind that password rules ask for.
            for (String first : new String[] {"ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"}) {
                password.append(password.isEmpty() ? "" : "-").append(oneOf(first, random));
                for (int i = 0; i < 4; i++) {
                    password.append(oneOf("abcdefghijkmnpqrstuvwxyz23456789", random));
                }
            }
            writePrivate(file, password.toString());
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static char oneOf(String characters, SecureRandom random) {
        return characters.charAt(random.nextInt(characters.length()));
    }

    /** The file of a secret, readable by its owner only, in Base64. */
    public Path secretFile(String name) {
        Path file = privateFolder("secrets").resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            writePrivate(file, Base64.getEncoder().encodeToString(random));
        }
        return file;
    }

    /** Written whole or not at all, and never readable by others, not even for a moment. */
    static void writePrivate(Path file, String content) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content + "\n", StandardOpenOption.WRITE);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the last start was told, so that later commands find the instance without being told again. */
    Properties settings() {
        Properties settings = new Properties();
        Path file = root.resolve("instance.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return settings;
    }

    void saveSettings(Properties settings) {
        folder(".");
        try (var writer = Files.newBufferedWriter(root.resolve("instance.properties"))) {
            settings.store(writer, "Written at each start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a folder and all in it; nothing happens where there is none. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
