package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.RefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * What the end of a ZIP says of its directory, read before anything loads the directory into memory: a small file may
 * claim millions of entries. {@link java.util.zip.ZipFile} looks for the end backwards, takes one whose comment has another
 * length if a directory and an entry seem to stand where it says, and passes over a wide end that contradicts the short
 * one. Whatever leaves a choice is therefore refused: what was judged here must be what is read there.
 *
 * @param entries how many it claims; to be compared with how many there are
 * @param directory its bytes
 */
record ZipEnd(long entries, long directory) {

    private static final int LENGTH = 22;
    private static final int LOCATOR_LENGTH = 20;
    private static final int WIDE_LENGTH = 56;
    private static final int LONGEST_COMMENT = 65_535;

    private static final long SIGNATURE = 0x06054b50L;
    private static final long LOCATOR_SIGNATURE = 0x07064b50L;
    private static final long WIDE_SIGNATURE = 0x06064b50L;

    /** A value of so many bytes that does not fit in them is in the wide end. */
    private static long elsewhere(int bytes) {
        return (1L << 8 * bytes) - 1;
    }

    /** Throws {@link RefusedException} {@code NOT_A_ZIP} where there is none, or more than one way to find it. */
    static ZipEnd of(Path zip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            long size = file.length();
            byte[] tail = read(file, Math.max(0, size - LENGTH - LONGEST_COMMENT), size);
            int at = tail.length - LENGTH;
            while (at >= 0 && unsigned(tail, at, 4) != SIGNATURE) {
                at--;
            }
            // What follows is its comment and nothing else.
            if (at < 0 || at + LENGTH + unsigned(tail, at + 20, 2) != tail.length) {
                throw none();
            }
            long position = size - tail.length + at;
            byte[] locator = read(file, Math.max(0, position - LOCATOR_LENGTH), position);
            if (locator.length < LOCATOR_LENGTH || unsigned(locator, 0, 4) != LOCATOR_SIGNATURE) {
                return new ZipEnd(unsigned(tail, at + 10, 2), unsigned(tail, at + 12, 4));
            }
            return wide(file, position - LOCATOR_LENGTH, unsigned(locator, 8, 8), tail, at);
        }
    }

    private static ZipEnd wide(RandomAccessFile file, long locator, long position, byte[] end, int at)
            throws IOException {
        if (position < 0 || position > locator - WIDE_LENGTH) {
            throw none();
        }
        byte[] wide = read(file, position, position + WIDE_LENGTH);
        boolean agreed = unsigned(wide, 0, 4) == WIDE_SIGNATURE
                && agree(wide, 32, end, at + 10, 2)
                && agree(wide, 40, end, at + 12, 4)
                && agree(wide, 48, end, at + 16, 4);
        ZipEnd claimed = new ZipEnd(unsigned(wide, 32, 8), unsigned(wide, 40, 8));
        if (!agreed || claimed.entries < 0 || claimed.directory < 0) {
            throw none();
        }
        return claimed;
    }

    private static boolean agree(byte[] wide, int from, byte[] end, int at, int bytes) {
        long said = unsigned(end, at, bytes);
        return said == elsewhere(bytes) || said == unsigned(wide, from, 8);
    }

    private static byte[] read(RandomAccessFile file, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) (to - from)];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    private static long unsigned(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    private static RefusedException none() {
        return new RefusedException("NOT_A_ZIP", null, null, null, "ce n'est pas un ZIP, ou il est tronqué");
    }
}
