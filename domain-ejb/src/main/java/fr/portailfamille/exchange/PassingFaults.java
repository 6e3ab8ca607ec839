package fr.portailfamille.exchange;

import fr.portailfamille.exchange.load.Stage;
import jakarta.resource.ResourceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** Faults that come from around a lot, or a call, and not from what is in it: they may pass, and it be done then. */
public final class PassingFaults {

    /**
     * Classes of PostgreSQL's error codes: lost connection, rolled back for another's sake, no disk or memory or connections
     * left, stopped by an administrator, trouble of the machine.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Something is not as it must be for now: it is in use, or is a statement that was closed. */
    private static final String NOT_NOW = "55";

    private static final String LOCKED = "55P03";

    private PassingFaults() {}

    public static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof Stage.EmptiedException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                // The pool of connections gives no code when it has none to give.
                return state == null || isOfDatabase(state) || state.startsWith(NOT_NOW);
            }
        }
        return false;
    }

    /** Whether a call could not be answered because of the database alone, which will answer again. */
    public static boolean ofDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceException) {
                // The pool has no connection to give.
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return isOfDatabase(sql.getSQLState());
            }
        }
        return false;
    }

    private static boolean isOfDatabase(String state) {
        return state.equals(LOCKED) || state.length() >= 2 && CLASSES.contains(state.substring(0, 2));
    }
}
