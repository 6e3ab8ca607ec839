package fr.portailfamille.exchange.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Keeps fields of a CSV from growing beyond what is allowed, so that a long one costs its row and not the file, and no
 * memory. Of a field that is too long it lets through one character more than is allowed, by which it is told, and line
 * breaks, so that the rows behind it keep their lines.
 */
final class FieldLimit extends Reader {

    private final BufferedReader in;
    private final char separator;
    private final int longest;

    /** Of the field at hand, so far; the quotes around it do not count, and two that stand for one count once. */
    private long length;

    private boolean quoted;
    private boolean inside;
    private boolean second;
    private boolean secondStays;
    private boolean exceeded;

    FieldLimit(BufferedReader in, char separator, int longest) {
        this.in = in;
        this.separator = separator;
        this.longest = longest;
    }

    /** Whether a field was too long, among those that were read up to now. */
    boolean exceeded() {
        return exceeded;
    }

    @Override
    public int read(char[] target, int offset, int most) throws IOException {
        int got;
        int left;
        do {
            got = in.read(target, offset, most);
            left = got <= 0 || allShort(target, offset, offset + got) ? got : pass(target, offset, offset + got);
        } while (got > 0 && left == 0);
        return left;
    }

    /** Nearly always: then only the field that goes on in the next block is to be known. */
    private boolean allShort(char[] text, int from, int to) {
        if (inside || length + (to - from) > longest) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text[i] == '"') {
                return false;
            }
        }
        int last = to - 1;
        while (last >= from && !ends(text[last])) {
            last--;
        }
        if (last >= from) {
            length = 0;
            quoted = false;
        }
        length += to - 1 - last;
        return true;
    }

    private boolean ends(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    /** Moves together what stays; answers how much that is. */
    private int pass(char[] text, int from, int to) throws IOException {
        int end = from;
        for (int i = from; i < to; i++) {
            char c = text[i];
            boolean stays = inside ? passInside(c, text, i + 1, to) : passOutside(c);
            if (stays) {
                text[end++] = c;
            }
        }
        return end - from;
    }

    private boolean passOutside(char c) {
        if (ends(c)) {
            length = 0;
            quoted = false;
            return true;
        }
        if (c == '"' && length == 0 && !quoted) {
            quoted = true;
            inside = true;
            return true;
        }
        return grow();
    }

    private boolean passInside(char c, char[] text, int next, int to) throws IOException {
        if (second) {
            second = false;
            return secondStays;
        }
        if (c != '"') {
            return grow() || c == '\n' || c == '\r';
        }
        if ((next < to ? text[next] : peek()) != '"') {
            inside = false;
            return true;
        }
        second = true;
        secondStays = grow();
        return secondStays;
    }

    private int peek() throws IOException {
        in.mark(1);
        int c = in.read();
        in.reset();
        return c;
    }

    private boolean grow() {
        length++;
        exceeded |= length > longest;
        return length <= longest + 1L;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
