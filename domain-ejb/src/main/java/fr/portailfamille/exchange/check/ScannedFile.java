package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file whose rows were read: their keys, their references, and which of them are rejected so far. */
final class ScannedFile implements Closeable {

    private final FileFormat format;
    private final Set<String> parents;
    private final Path scratch;
    private final KeySpool keys;
    private final KeySpool amounts;
    private final LaterFaults later;
    private final Map<Column, KeySpool> links = new LinkedHashMap<>();
    private final BitSet rejected = new BitSet();
    private final BitSet twins = new BitSet();
    private long rows;
    private long warnings;
    private long elsewhere;

    /** @param parents files of the same lot whose rows are known */
    ScannedFile(FileFormat format, Set<String> parents, Path scratch) {
        this.format = format;
        this.parents = Set.copyOf(parents);
        this.scratch = scratch;
        this.keys = new KeySpool(scratch);
        this.amounts = new KeySpool(scratch);
        this.later = new LaterFaults(scratch);
    }

    FileFormat format() {
        return format;
    }

    KeySpool keys() {
        return keys;
    }

    /** What payments were collected, or what is allocated of them, by payment, in the entries' tags. */
    KeySpool amounts() {
        return amounts;
    }

    LaterFaults later() {
        return later;
    }

    /** @param header columns that the file has, in its order: the first of its references that is bad is the one told */
    void refersBy(List<Column> header) {
        for (Column column : header) {
            String parent = column.parent();
            if (parent != null && parents.contains(parent)) {
                links.put(column, new KeySpool(scratch));
            }
        }
    }

    /** References to rows of other files of the lot, by column. */
    Map<Column, KeySpool> links() {
        return links;
    }

    void count(long read) {
        rows = read;
    }

    void warn(long more) {
        warnings += more;
    }

    void missElsewhere() {
        elsewhere++;
    }

    /** Whether it was not rejected before. */
    boolean reject(long place) {
        boolean first = !isRejected(place);
        rejected.set(Place.row(place));
        return first;
    }

    boolean isRejected(long place) {
        return rejected.get(Place.row(place));
    }

    /** The row is the same as one before it, which stands for both. */
    void repeats(long place) {
        twins.set(Place.row(place));
    }

    /** Whether the row is neither rejected nor a mere repetition. */
    boolean stands(long place) {
        return !isRejected(place) && !twins.get(Place.row(place));
    }

    FileTally tally() {
        return new FileTally(format.name(), rows, rejected.cardinality(), warnings, elsewhere);
    }

    @Override
    public void close() throws IOException {
        keys.close();
        amounts.close();
        later.close();
        for (KeySpool spool : links.values()) {
            spool.close();
        }
    }
}
