package fr.portailfamille.exchange;

import fr.portailfamille.exchange.load.Stage;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** Faults that come from around a lot and not from what is in it: they may pass, and the lot be applied then. */
public final class PassingFaults {

    /**
     * Classes of PostgreSQL's error codes: lost connection, rolled back for another's sake, no disk or memory or connections
     * left, a lock not to be had, stopped by an administrator, trouble of the machine.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    private PassingFaults() {}

    public static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof Stage.EmptiedException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                // The pool of connections gives no code when it has none to give.
                return state == null || state.length() >= 2 && CLASSES.contains(state.substring(0, 2));
            }
        }
        return false;
    }
}
