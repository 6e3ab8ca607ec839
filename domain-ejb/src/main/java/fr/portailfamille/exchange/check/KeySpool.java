package fr.portailfamille.exchange.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keys of millions of rows in order, with a few megabytes of memory: sorted piecewise in a scratch folder, merged when they
 * are read. Keys are told apart by 128 bits of a SHA-256: nobody makes two alike.
 */
final class KeySpool implements Closeable {

    private static final int PIECE = 1 << 16;
    private static final int BUFFER = 1 << 13;

    private final Path folder;
    private final MessageDigest sha256;
    private final List<Entry> piece = new ArrayList<>();
    private final List<Path> spilled = new ArrayList<>();
    private boolean ordered;

    /**
     * A key and the row it stands in.
     *
     * @param place as {@link Place} packs it
     * @param tag what the row's content is told by, or an amount
     */
    record Entry(long high, long low, long place, long tag) implements Comparable<Entry> {

        boolean sameKey(Entry other) {
            return high == other.high && low == other.low;
        }

        int compareKey(Entry other) {
            int order = Long.compare(high, other.high);
            return order == 0 ? Long.compare(low, other.low) : order;
        }

        @Override
        public int compareTo(Entry other) {
            int order = compareKey(other);
            return order == 0 ? Long.compare(place, other.place) : order;
        }
    }

    /** @param folder where pieces may lie until the spool is closed */
    KeySpool(Path folder) {
        this.folder = folder;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(String key, long place, long tag) {
        byte[] hash = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
        piece.add(new Entry(number(hash, 0), number(hash, 8), place, tag));
        ordered = false;
        if (piece.size() == PIECE) {
            spill();
        }
    }

    /** A number that tells contents apart, as {@link Entry#tag()}. */
    long told(String content) {
        return number(sha256.digest(content.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; i < from + 8; i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }

    private void spill() {
        Collections.sort(piece);
        try {
            spill(Files.createTempFile(folder, "keys", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        piece.clear();
    }

    private void spill(Path file) throws IOException {
        spilled.add(file);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 8 * BUFFER))) {
            for (Entry entry : piece) {
                out.writeLong(entry.high());
                out.writeLong(entry.low());
                out.writeLong(entry.place());
                out.writeLong(entry.tag());
            }
        }
    }

    /** In the order of keys, and of rows within a key. May be asked for again, also while another reading goes on. */
    Sorted sorted() {
        if (!ordered) {
            Collections.sort(piece);
            ordered = true;
        }
        return new Sorted();
    }

    @Override
    public void close() throws IOException {
        piece.clear();
        for (Path file : spilled) {
            Files.deleteIfExists(file);
        }
    }

    /** One reading of all entries. */
    final class Sorted implements Iterator<Entry>, Closeable {

        private final PriorityQueue<Source> sources =
                new PriorityQueue<>((one, other) -> one.head().compareTo(other.head()));
        private final List<Source> open = new ArrayList<>();

        private Sorted() {
            for (Path file : spilled) {
                enter(new Source(file));
            }
            enter(new Source(piece.iterator()));
        }

        private void enter(Source source) {
            open.add(source);
            if (source.next != null) {
                sources.add(source);
            }
        }

        @Override
        public boolean hasNext() {
            return !sources.isEmpty();
        }

        @Override
        public Entry next() {
            Source first = sources.poll();
            if (first == null) {
                throw new NoSuchElementException();
            }
            Entry entry = first.head();
            first.advance();
            if (first.next != null) {
                sources.add(first);
            }
            return entry;
        }

        @Override
        public void close() throws IOException {
            for (Source source : open) {
                source.close();
            }
        }
    }

    /** A sorted piece, in memory or in a file. */
    private static final class Source implements Closeable {

        private final @Nullable Iterator<Entry> entries;
        private final @Nullable DataInputStream in;
        private @Nullable Entry next;

        Source(Iterator<Entry> entries) {
            this.entries = entries;
            this.in = null;
            advance();
        }

        Source(Path file) {
            try {
                this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.entries = null;
            advance();
        }

        Entry head() {
            Entry head = next;
            if (head == null) {
                throw new NoSuchElementException();
            }
            return head;
        }

        void advance() {
            if (entries != null) {
                next = entries.hasNext() ? entries.next() : null;
            } else if (in != null) {
                next = read(in);
            }
        }

        private static @Nullable Entry read(DataInputStream in) {
            try {
                return new Entry(in.readLong(), in.readLong(), in.readLong(), in.readLong());
            } catch (EOFException e) {
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
