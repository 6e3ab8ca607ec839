package fr.portailfamille.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that live for one act and may hold what nobody else should read: in a folder of this server's own, that only its
 * user may enter. What a killed server left there is deleted when the next one first needs the folder.
 */
public final class Scratch {

    private static final Path FOLDER = emptied(Path.of(System.getProperty(
                    "jboss.server.temp.dir",
                    System.getProperty("java.io.tmpdir") + "/"
                            + ProcessHandle.current().pid()))
            .resolve("portail-scratch"));

    private Scratch() {}

    /** A new empty file; who asks for it deletes it. */
    public static Path file(String suffix) throws IOException {
        return Files.createTempFile(FOLDER, "", suffix);
    }

    static Path emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            List<Path> left;
            try (Stream<Path> files = Files.list(folder)) {
                left = files.toList();
            }
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
