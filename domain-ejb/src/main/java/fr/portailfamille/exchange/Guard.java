package fr.portailfamille.exchange;

import java.util.Locale;

/** Per file: when a lot is held until an agent decides, because it would take too much away. */
public final class Guard {

    private static final int ROWS_ALLOWED = 10;

    private Guard() {}

    /** More than 20 % of the rows, and more than ten. */
    public static boolean rejectsTooMany(long rejected, long received) {
        return rejected > ROWS_ALLOWED && rejected * 5 > received;
    }

    /** More than 10 % of what stands in scope, and more than ten. */
    static boolean archivesTooMany(long missing, long standing) {
        return missing > ROWS_ALLOWED && missing * 10 > standing;
    }

    /** Whether there are more than an agent agreed to, by more than the guard lets pass by itself. */
    static boolean hasGrown(long now, long agreed) {
        return now > agreed + ROWS_ALLOWED;
    }

    /** « 12 sur 50 », which completes the sentence. */
    public static String share(long many, long of) {
        return String.format(Locale.FRENCH, "%d sur %d", many, of);
    }
}
