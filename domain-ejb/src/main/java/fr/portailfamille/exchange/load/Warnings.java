package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import java.util.List;
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
                "insert into " + load.stage().faults() + " (file, line, col, code, warning, checked) select '"
                        + file.name()
                        + "', w.line, w.col, '" + code + "', true, true from (" + found + ") w order by w.line limit "
                        + KEPT);
    }

    /** Those of these kinds that have been written, for {@link #writeAgain}: no more of each than are kept. */
    static List<MergeWarning> written(Load load, Handle handle, List<String> codes) {
        return handle.createQuery("select line, col, code from " + load.stage().faults()
                        + " where warning and code = any (:codes) order by code, line")
                .bindArray("codes", String.class, codes)
                .map((row, context) ->
                        new MergeWarning(row.getInt("line"), row.getString("col"), row.getString("code")))
                .list();
    }

    static void writeAgain(Load load, Handle handle, FileFormat file, List<MergeWarning> warnings) {
        handle.createUpdate(
                        "insert into " + load.stage().faults() + " (file, line, col, code, warning, checked)"
                                + " select :file, w.line, w.col, w.code, true, true from unnest(:lines, :columns, :codes) w (line, col, code)")
                .bind("file", file.name())
                .bindArray(
                        "lines",
                        Integer.class,
                        warnings.stream().map(MergeWarning::line).toList())
                .bindArray(
                        "columns",
                        String.class,
                        warnings.stream().map(MergeWarning::column).toList())
                .bindArray(
                        "codes",
                        String.class,
                        warnings.stream().map(MergeWarning::code).toList())
                .execute();
    }
}
