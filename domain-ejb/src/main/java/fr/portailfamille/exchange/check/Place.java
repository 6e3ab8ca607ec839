package fr.portailfamille.exchange.check;

/** Number of a row and the line on which it starts, in one number that sorts like the file. */
final class Place {

    private static final int LINE_BITS = 33;

    private Place() {}

    static long of(long row, long line) {
        return row << LINE_BITS | line;
    }

    static int row(long place) {
        return (int) (place >>> LINE_BITS);
    }

    static long line(long place) {
        return place & (1L << LINE_BITS) - 1;
    }
}
