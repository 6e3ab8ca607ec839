package fr.portailfamille.notice.post;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Gathers octets for one thread. Encoders of mail write one at a time, and to take the lock of a
 * {@link java.io.ByteArrayOutputStream} for each of them is half of what it takes to compose a letter.
 */
final class Octets extends OutputStream {

    private byte[] written;
    private int count;

    Octets(int room) {
        written = new byte[room];
    }

    @Override
    public void write(int octet) {
        makeRoom(1);
        written[count++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        makeRoom(length);
        System.arraycopy(octets, offset, written, count, length);
        count += length;
    }

    private void makeRoom(int more) {
        int least = Math.addExact(count, more);
        if (least > written.length) {
            written = Arrays.copyOf(written, Math.max(least, written.length + (written.length >> 1)));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(written, count);
    }
}
