package fr.portailfamille.exchange.load;

/**
 * Rows of a file by the line on which they start.
 *
 * @param after the line after which they begin; 0 = with the first row
 * @param upTo the last line; {@link Long#MAX_VALUE} = to the end
 */
public record Lines(long after, long upTo) {

    public static final Lines ALL = new Lines(0, Long.MAX_VALUE);

    static Lines upTo(long line) {
        return new Lines(0, line);
    }

    /** Those that follow. */
    public Lines others() {
        return new Lines(upTo, Long.MAX_VALUE);
    }

    public boolean toEnd() {
        return upTo == Long.MAX_VALUE;
    }

    boolean all() {
        return equals(ALL);
    }

    /** A condition that starts with {@code and}; empty where all are meant. */
    String condition(String column) {
        if (all()) {
            return "";
        }
        return " and " + column + (after == 0 ? " <= " + upTo : " > " + after);
    }
}
