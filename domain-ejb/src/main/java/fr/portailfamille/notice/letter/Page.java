package fr.portailfamille.notice.letter;

import java.io.Writer;
import java.util.Arrays;

/**
 * Takes what a template writes, for one thread. A template writes in a thousand pieces, and {@link java.io.StringWriter}
 * takes a lock and looks at each character of each.
 */
final class Page extends Writer {

    private char[] written = new char[16_384];
    private int count;

    @Override
    public void write(int character) {
        makeRoom(1);
        written[count++] = (char) character;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        makeRoom(length);
        System.arraycopy(characters, offset, written, count, length);
        count += length;
    }

    @Override
    public void write(String words, int offset, int length) {
        makeRoom(length);
        words.getChars(offset, offset + length, written, count);
        count += length;
    }

    private void makeRoom(int more) {
        int least = Math.addExact(count, more);
        if (least > written.length) {
            written = Arrays.copyOf(written, Math.max(least, written.length + (written.length >> 1)));
        }
    }

    @Override
    public void flush() {
        // There is nothing behind it.
    }

    @Override
    public void close() {
        // There is nothing behind it.
    }

    @Override
    public String toString() {
        return new String(written, 0, count);
    }
}
