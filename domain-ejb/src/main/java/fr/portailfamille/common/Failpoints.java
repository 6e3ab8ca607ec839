package fr.portailfamille.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Places at which a test may end the server as a power cut would. {@code PORTAIL_FAILPOINT} names a file, and
 * {@code PORTAIL_TEST} must be true. While the file is there, it names a place and after a colon how many times the server
 * has yet to get there until it ends, which it does once: the file is gone then. While there is one of that name with
 * {@value #PASSES} behind it, each place is written to its end, a line each time, so that a test can tell what there is.
 */
public final class Failpoints {

    private static final String PASSES = ".passes";

    private static final @Nullable Failpoints CHOSEN = chosen(System.getenv("PORTAIL_FAILPOINT"));

    private final Path next;
    private final Path passes;

    Failpoints(Path next) {
        this.next = next;
        this.passes = next.resolveSibling(next.getFileName() + PASSES);
    }

    private static @Nullable Failpoints chosen(@Nullable String file) {
        return file != null && Boolean.parseBoolean(System.getenv("PORTAIL_TEST"))
                ? new Failpoints(Path.of(file))
                : null;
    }

    public static void reached(String place) {
        if (CHOSEN != null && CHOSEN.endsAt(place)) {
            Runtime.getRuntime().halt(137);
        }
    }

    /** Counts, and tells whether this is the time at which the server is to end. */
    synchronized boolean endsAt(String place) {
        try {
            if (Files.exists(passes)) {
                Files.writeString(passes, place + "\n", StandardOpenOption.APPEND);
            }
            String told = Files.exists(next) ? Files.readString(next) : "";
            if (!told.startsWith(place + ":")) {
                return false;
            }
            int times = Integer.parseInt(told.substring(place.length() + 1));
            if (times == 1) {
                Files.delete(next);
                return true;
            }
            Files.writeString(next, place + ":" + (times - 1));
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
