package fr.portailfamille.batch.lot;

import fr.portailfamille.common.Scratch;
import fr.portailfamille.exchange.format.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A lot on its way into the database: in a file that only this process can read, for as long as it takes to check it. */
public record ReceivedFile(Path path) implements Closeable {

    /**
     * Takes in the body.
     *
     * @param most so many bytes and no more, so that no disk fills
     */
    public static ReceivedFile of(InputStream body, long most) throws IOException {
        ReceivedFile file = new ReceivedFile(Scratch.file(".zip"));
        try (OutputStream out = Files.newOutputStream(file.path)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
                size += got;
                if (size > most) {
                    throw new RefusedException("TOO_LARGE", null, null, null, null);
                }
                out.write(buffer, 0, got);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
