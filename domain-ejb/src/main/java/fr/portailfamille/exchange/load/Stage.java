package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The staging tables of one attempt of one run: for each file its rows and the verdicts on them, and one table of faults.
 * Unlogged, in the schema {@code engine}, named after run and attempt, so that a late write of an earlier attempt meets
 * nothing.
 */
public record Stage(long run, int attempt, Flow flow) {

    /** How many cells are in memory at a time. */
    private static final int SEALED_AT_ONCE = 5_000;

    /** Rows of the file, as read. */
    String rows(FileFormat file) {
        return name("s" + Formats.of(flow).indexOf(file));
    }

    /** What was found about each row: its id, and whether it is new, changed, unchanged or rejected. */
    String verdicts(FileFormat file) {
        return name("k" + Formats.of(flow).indexOf(file));
    }

    /** Secrets of rows of the file that are sealed late; for a moment. */
    String sealed(FileFormat file) {
        return name("e" + Formats.of(flow).indexOf(file));
    }

    /** What was found from verdicts on bookings: {@link BookingTables}. */
    String found(String what) {
        return name(what);
    }

    String faults() {
        return name("f");
    }

    /** Documents of the lot by name; those without a number are no PDF. */
    String documents() {
        return name("d");
    }

    private String name(String table) {
        return "engine.lot_" + run + "_" + attempt + "_" + table;
    }

    /** The same, for what is found in reading: what checks find can be told apart from it. */
    String faultsRead() {
        return faults() + " (file, line, col, code, warning, value, value_enc, detail)";
    }

    /** The same, for what checks find, in clear. */
    String faultsChecked() {
        return faults() + " (file, line, col, code, warning, value, detail, checked)";
    }

    /** Tells by its one row that the others still have theirs. */
    private String whole() {
        return name("w");
    }

    public void create(Handle handle) {
        handle.execute("create unlogged table " + whole() + " as select");
        createFaults(handle);
        if (flow == Flow.BILLING) {
            createDocuments(handle);
        }
    }

    /**
     * Asked in each transaction that draws conclusions from what is staged. After a crash PostgreSQL empties all unlogged
     * tables; where only one of its processes was killed it is back in less time than a run may take between two of its
     * transactions.
     *
     * @throws EmptiedException when it has; another attempt stages all again
     */
    public void requireWhole(Handle handle) {
        if (!handle.createQuery("select exists (select from " + whole() + ")")
                .mapTo(boolean.class)
                .one()) {
            throw new EmptiedException();
        }
    }

    /** What was staged is gone. */
    public static final class EmptiedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void createFaults(Handle handle) {
        handle.execute("create unlogged table " + faults()
                + " (file text not null, line int, col text, code text not null, warning boolean not null,"
                + " value text, value_enc bytea, detail text, checked boolean not null default false)");
    }

    private void createDocuments(Handle handle) {
        handle.execute("create unlogged table " + documents() + " (name text primary key, document_id bigint)");
    }

    void createRows(Handle handle, FileFormat file, List<Column> columns) {
        List<String> definitions = definitions(columns);
        if (!SearchNames.of(file, columns).isEmpty()) {
            definitions.add(SearchNames.COLUMN + " text");
        }
        handle.execute("create unlogged table " + rows(file) + " (" + String.join(", ", definitions) + ")");
    }

    /** Names of what is staged of a row besides references, which its verdict has as ids. */
    static List<String> values(FileFormat file, List<Column> columns) {
        List<String> values = new ArrayList<>();
        for (Column column : columns) {
            if (column.secret()) {
                values.add(column.target() + "_enc");
                values.add(column.target() + "_mac");
            } else if (!column.link()) {
                values.add(column.target());
            }
        }
        if (!SearchNames.of(file, columns).isEmpty()) {
            values.add(SearchNames.COLUMN);
        }
        return values;
    }

    private static List<String> definitions(List<Column> columns) {
        List<String> definitions = new ArrayList<>(List.of("line int not null", "bad boolean not null"));
        for (Column column : columns) {
            if (column.secret()) {
                definitions.add(column.target() + "_enc bytea");
                definitions.add(column.target() + "_mac bytea");
            } else {
                definitions.add(staged(column) + " " + column.kind().type());
            }
        }
        return definitions;
    }

    /** The name of a column in staging: links are staged as the references they came as. */
    static String staged(Column column) {
        return column.link() ? column.name() : column.target();
    }

    /** Encrypts the cells that statements have put among the faults in clear. */
    public void sealFaults(Handle handle, java.util.function.Function<String, byte[]> seal) {
        if (nothingToSeal(handle)) {
            return;
        }
        handle.execute("create temporary table sealed (value text primary key, value_enc bytea) on commit drop");
        PreparedBatch batch = handle.prepareBatch("insert into sealed values (:value, :sealed)");
        // Read and written in rounds: of a lot of which all is wrong there are as many values as it has rows.
        try (ResultIterator<String> values = handle.createQuery(
                        "select distinct value from " + faults() + " where value is not null")
                .setFetchSize(SEALED_AT_ONCE)
                .mapTo(String.class)
                .iterator()) {
            while (values.hasNext()) {
                String value = values.next();
                batch.bind("value", value).bind("sealed", seal.apply(value)).add();
                if (batch.size() == SEALED_AT_ONCE) {
                    batch.execute();
                }
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
        handle.execute("update " + faults()
                + " f set value_enc = s.value_enc, value = null from sealed s where s.value = f.value");
    }

    private boolean nothingToSeal(Handle handle) {
        return handle.createQuery("select not exists (select from " + faults() + " where value is not null)")
                .mapTo(boolean.class)
                .one();
    }

    /** Takes back what checks have written, verdicts and faults, but not what was found in reading. */
    public void forgetVerdicts(Handle handle) {
        Formats.of(flow).forEach(file -> handle.execute("drop table if exists " + verdicts(file)));
        if (flow == Flow.BOOKINGS) {
            BookingTables.staged(this).all().forEach(table -> handle.execute("drop table if exists " + table));
        }
        dropAside(handle);
        handle.execute("delete from " + faults() + " where checked");
    }

    /** Moves the faults into the town's table of rejected rows. */
    public void keepFaults(Handle handle, int town) {
        handle.createUpdate(
                        "insert into rejected_row (town_id, run_id, n, file, line, column_name, code, severity, value_enc, detail)"
                                + " select :town, :run, row_number() over (order by array_position(:files, file), line, code), file, line, col,"
                                + " code, case when warning then 'WARNING' else 'REJECT' end, value_enc, detail from "
                                + faults())
                .bind("town", town)
                .bind("run", run)
                .bindArray(
                        "files",
                        String.class,
                        Formats.of(flow).stream().map(FileFormat::name).toList())
                .execute();
    }

    /** Drops what this run has staged, in this attempt or an earlier one. */
    public void drop(Handle handle) {
        dropAside(handle);
        List<String> tables = handle.createQuery(
                        "select 'engine.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                                + "where n.nspname = 'engine' and c.relkind = 'r' and c.relname like :mask")
                .bind("mask", "lot\\_" + run + "\\_%")
                .mapTo(String.class)
                .list();
        if (!tables.isEmpty()) {
            handle.execute("drop table if exists " + String.join(", ", tables));
        }
    }

    private void dropAside(Handle handle) {
        if (flow == Flow.BOOKINGS) {
            BookingAside.drop(handle, run);
        }
    }
}
