package fr.portailfamille.exchange.load;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Where {@link BookingFindings} lie: in the stage of the run, where another connection may have put them, or in temporary
 * tables of the transaction that needs them.
 *
 * @param create how one of them is made, but for its name and {@code as}
 * @param days schedules and days that the lot has rows of
 * @param counted counters that change, and by how much
 * @param warned rows that are taken all the same, and why there is something to say
 * @param changes lines of the change log
 */
record BookingTables(String create, String days, String counted, String warned, String changes) {

    private static final BookingTables TEMPORARY =
            new BookingTables("create temporary table %s on commit drop as ", "days", "counted", "warned", "changes");

    static BookingTables temporary() {
        return TEMPORARY;
    }

    static BookingTables staged(Stage stage) {
        return new BookingTables(
                "create unlogged table %s as ",
                stage.found("days"), stage.found("counted"), stage.found("warned"), stage.found("changes"));
    }

    /** What the checks must not find when they are done again. */
    List<String> all() {
        return List.of(days, counted, warned, changes);
    }

    void make(Load load, Handle handle, String table, String query) {
        load.update(handle, create.formatted(table) + query);
    }
}
