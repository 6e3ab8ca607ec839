package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import org.jdbi.v3.core.Handle;

/** Warnings found by statements. All are counted; of each kind and file the first thousands are kept to be shown. */
final class Warnings {

    private static final int KEPT = 10_000;

    private Warnings() {}

    /**
     * Writes warnings of one kind.
     *
     * @param found a query of {@code line} and {@code col}
     */
    static void write(Load load, Handle handle, FileFormat file, String code, String found) {
        load.update(
                handle,
                "insert into " + load.stage().faults() + " (file, line, col, code, warning) select '" + file.name()
                        + "', w.line, w.col, '" + code + "', true from (" + found + ") w order by w.line limit "
                        + KEPT);
    }
}
