package fr.portailfamille.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/** The key that wraps the towns' data keys: 32 bytes in base64 in the file that {@code PORTAIL_MASTER_KEY_FILE} names. */
record MasterKey(SecretKeySpec key) {

    static MasterKey fromEnvironment() {
        String file = System.getenv("PORTAIL_MASTER_KEY_FILE");
        if (file == null) {
            throw new IllegalStateException("PORTAIL_MASTER_KEY_FILE is not set: columns with secrets cannot be read");
        }
        try {
            return of(Base64.getMimeDecoder()
                    .decode(Files.readString(Path.of(file)).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("The master key cannot be read", e);
        }
    }

    static MasterKey of(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalStateException("The master key must have 32 bytes");
        }
        return new MasterKey(new SecretKeySpec(bytes, "AES"));
    }

    @Override
    public String toString() {
        return "MasterKey";
    }
}
