package fr.portailfamille.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8 and nothing else: the first byte that is not refuses the lot, with its place. A byte order mark is passed over. */
final class StrictUtf8 extends Reader {

    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final String file;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).limit(0);
    private boolean ended;
    private boolean first = true;
    private long line = 1;
    private long column = 1;

    StrictUtf8(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            int got = chars.position();
            if (got > 0) {
                follow(target, offset, got);
                if (result.isError()) {
                    refuse();
                }
                return withoutMark(target, offset, got);
            }
            if (result.isError()) {
                refuse();
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private int withoutMark(char[] target, int offset, int got) throws IOException {
        boolean mark = first && target[offset] == '\uFEFF';
        first = false;
        if (!mark) {
            return got;
        }
        column--;
        System.arraycopy(target, offset + 1, target, offset, got - 1);
        return got > 1 ? got - 1 : read(target, offset, 1);
    }

    private void fill() throws IOException {
        bytes.compact();
        int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (got < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + got);
        }
        bytes.flip();
    }

    private void follow(char[] chars, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (chars[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
    }

    private void refuse() {
        throw new RefusedException("BAD_ENCODING", file, line, Long.toString(column), null);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
