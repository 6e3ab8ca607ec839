package fr.portailfamille.exchange;

import fr.portailfamille.exchange.load.FileVerdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Per file: when a lot is held until an agent decides, because it would take too much away. */
public final class Guard {

    private static final int ROWS_ALLOWED = 10;

    private Guard() {}

    /**
     * What holds a lot, per file. What an agent agreed to does not hold it again, unless the effect has grown since by more
     * rows than the guard lets pass anyway: families may have booked, and other lots been applied, while it was held.
     */
    static List<Reason> holds(List<FileVerdicts> checked, Map<String, LotValidation.Agreed> agreed) {
        List<Reason> reasons = new ArrayList<>();
        for (FileVerdicts file : checked) {
            LotValidation.Agreed seen = agreed.getOrDefault(file.file().name(), LotValidation.Agreed.TO_NOTHING);
            if (rejectsTooMany(file.rejected(), file.received()) && hasGrown(file.rejected(), seen.rejected())) {
                reasons.add(held(file, "GUARD_REJECTED", file.rejected(), file.received(), seen.rejected()));
            }
            if (archivesTooMany(file.missing(), file.standing()) && hasGrown(file.missing(), seen.archived())) {
                reasons.add(held(file, "GUARD_ARCHIVED", file.missing(), file.standing(), seen.archived()));
            }
        }
        return reasons;
    }

    private static Reason held(FileVerdicts file, String wording, long many, long of, long agreed) {
        String grown = agreed == 0 ? "" : String.format(Locale.FRENCH, " (%d avaient été confirmées)", agreed);
        String sentence = RejectReasons.sentence(wording, null, share(many, of) + grown);
        return new Reason("GUARD", file.file().name(), null, null, sentence);
    }

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
