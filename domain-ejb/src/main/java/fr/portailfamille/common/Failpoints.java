package fr.portailfamille.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Places at which a test may end the server as a power cut would. {@code PORTAIL_FAILPOINT} names a file, and
 * {@code PORTAIL_TEST} must be true. While the file is there, it names a place and after a colon how many times the server
 * has yet to get there until it ends, which it does once: the file is gone then.
 */
public final class Failpoints {

    private static final @Nullable Path CHOSEN = chosen(System.getenv("PORTAIL_FAILPOINT"));

    private Failpoints() {}

    private static @Nullable Path chosen(@Nullable String file) {
        return file != null && Boolean.parseBoolean(System.getenv("PORTAIL_TEST")) ? Path.of(file) : null;
    }

    public static void reached(String place) {
        if (CHOSEN != null) {
            count(CHOSEN, place);
        }
    }

    private static synchronized void count(Path file, String place) {
        try {
            String told = Files.exists(file) ? Files.readString(file) : "";
            if (told.startsWith(place + ":")) {
                int times = Integer.parseInt(told.substring(place.length() + 1));
                if (times == 1) {
                    Files.delete(file);
                    Runtime.getRuntime().halt(137);
                }
                Files.writeString(file, place + ":" + (times - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
