package fr.portailfamille.exchange.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What was found about a staged row; one letter in staging. */
final class Verdict {

    static final String NEW = "N";
    static final String CHANGED = "C";
    static final String UNCHANGED = "=";
    /** Already found bad when it was read. */
    static final String BAD = "B";

    static final String UNKNOWN_REFERENCE = "U";
    static final String PARENT_REJECTED = "P";
    static final String OUT_OF_PERIOD = "O";
    static final String DUPLICATE = "D";
    static final String MISSING = "M";
    static final String BAD_VALUE = "V";

    static final String BAD_DOCUMENT = "F";

    /** All that reject the row, as a list in SQL. */
    static final String REJECTED = "('B', 'U', 'P', 'O', 'D', 'M', 'V', 'F')";

    /** Those of them that have no line among the faults yet. */
    static final Set<String> FOUND_HERE =
            Set.of(UNKNOWN_REFERENCE, PARENT_REJECTED, OUT_OF_PERIOD, DUPLICATE, MISSING, BAD_VALUE, BAD_DOCUMENT);

    private Verdict() {}

    /** How many rows of a table of verdicts have which. */
    static Map<String, Long> counts(Handle handle, String verdicts) {
        Map<String, Long> counts = new HashMap<>();
        handle.createQuery("select verdict, count(*) as n from " + verdicts + " group by verdict")
                .map((row, context) -> Map.entry(row.getString("verdict"), row.getLong("n")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }
}
