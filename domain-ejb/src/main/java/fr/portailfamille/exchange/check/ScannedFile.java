package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.format.FileFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A file whose rows were read: their keys, their references, and which of them are rejected so far. */
final class ScannedFile implements Closeable {

    private final FileFormat format;
    private final KeySpool keys;
    private final Map<String, KeySpool> links = new LinkedHashMap<>();
    private final BitSet rejected = new BitSet();
    private long rows;
    private long warnings;
    private long elsewhere;

    /** @param parents files of the same lot whose rows are known */
    ScannedFile(FileFormat format, Set<String> parents, Path scratch) {
        this.format = format;
        this.keys = new KeySpool(scratch);
        parents.forEach(file -> links.put(file, new KeySpool(scratch)));
    }

    FileFormat format() {
        return format;
    }

    KeySpool keys() {
        return keys;
    }

    /** References to rows of other files, by file; an entry's tag is the index of its column in the format. */
    Map<String, KeySpool> links() {
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

    FileTally tally() {
        return new FileTally(format.name(), rows, rejected.cardinality(), warnings, elsewhere);
    }

    @Override
    public void close() throws IOException {
        keys.close();
        for (KeySpool spool : links.values()) {
            spool.close();
        }
    }
}
