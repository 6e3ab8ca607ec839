package fr.portailfamille.exchange.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with rows by themselves, but is told only where their references are good, which is not known while rows are
 * read. Kept in a scratch file, in the order of rows: there may be millions.
 */
final class LaterFaults implements Closeable {

    private final Path folder;
    private @Nullable Path file;
    private @Nullable DataOutputStream out;

    interface Told {
        void tell(long place, TraitFault fault, @Nullable String value);
    }

    /** @param folder where the file may lie until this is closed */
    LaterFaults(Path folder) {
        this.folder = folder;
    }

    /** @param value the cell as it is shown */
    void add(long place, TraitFault fault, @Nullable String value) {
        try {
            DataOutputStream to = out;
            if (to == null) {
                file = Files.createTempFile(folder, "faults", "");
                to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
                out = to;
            }
            to.writeLong(place);
            to.writeByte(fault.ordinal());
            to.writeUTF(value == null ? "" : value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No more may be added after this. */
    void all(Told told) throws IOException {
        if (file == null || out == null) {
            return;
        }
        out.close();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long place = next(in); place >= 0; place = next(in)) {
                TraitFault fault = TraitFault.values()[in.readByte()];
                String value = in.readUTF();
                told.tell(place, fault, value.isEmpty() ? null : value);
            }
        }
    }

    private static long next(DataInputStream in) throws IOException {
        try {
            return in.readLong();
        } catch (EOFException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
