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
        writeWithDetail(load, handle, file, code, "select f.line, f.col, null as detail from (" + found + ") f");
    }

    /**
     * The same, with what completes the reason.
     *
     * @param found a query of {@code line}, {@code col} and {@code detail}
     */
    static void writeWithDetail(Load load, Handle handle, FileFormat file, String code, String found) {
        load.update(
                handle,
                "insert into " + load.stage().faults() + " (file, line, col, code, warning, detail, checked) select '"
                        + file.name() + "', w.line, w.col, '" + code + "', true, w.detail, true from (" + found
                        + ") w order by w.line limit " + KEPT);
    }

    /** Those of these kinds that have been written, for {@link #writeAgain}: no more of each than are kept. */
    static List<MergeWarning> written(Load load, Handle handle, List<String> codes) {
        return handle.createQuery("select file, line, col, code, detail from "
                        + load.stage().faults() + " where warning and code = any (:codes) order by file, code, line")
                .bindArray("codes", String.class, codes)
                .map((row, context) -> new MergeWarning(
                        row.getString("file"),
                        row.getInt("line"),
                        row.getString("col"),
                        row.getString("code"),
                        row.getString("detail")))
                .list();
    }

    static void writeAgain(Load load, Handle handle, List<MergeWarning> warnings) {
        handle.createUpdate(
                        "insert into " + load.stage().faults() + " (file, line, col, code, warning, detail, checked)"
                                + " select w.file, w.line, w.col, w.code, true, w.detail, true"
                                + " from unnest(:files, :lines, :columns, :codes, :details) w (file, line, col, code, detail)")
                .bindArray(
                        "files",
                        String.class,
                        warnings.stream().map(MergeWarning::file).toList())
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
                .bindArray(
                        "details",
                        String.class,
                        warnings.stream().map(MergeWarning::detail).toList())
                .execute();
    }
}
