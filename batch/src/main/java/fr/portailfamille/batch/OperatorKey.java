package fr.portailfamille.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The operator's key, in the file that {@code PORTAIL_OPERATOR_KEY_FILE} names; without one there is no operator. Read
 * each time, so that a new key needs no restart.
 */
@ApplicationScoped
public class OperatorKey {

    /** Shorter ones could be guessed; a file that is empty by accident must not open anything. */
    private static final int SHORTEST = 16;

    public boolean is(String presented) {
        String file = System.getenv("PORTAIL_OPERATOR_KEY_FILE");
        if (file == null || file.isBlank()) {
            return false;
        }
        try {
            byte[] key = Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
            return key.length >= SHORTEST && MessageDigest.isEqual(key, presented.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The operator's key cannot be read", e);
        }
    }
}
