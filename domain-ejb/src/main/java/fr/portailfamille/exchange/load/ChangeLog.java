package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** One line for each value that a run is about to change. Secrets stay encrypted there, in base64. First loads write none. */
final class ChangeLog {

    private final Load load;
    private final FileFormat file;

    ChangeLog(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
    }

    void write(Handle handle) {
        List<Value> values = SqlParts.values(load, file).stream().map(Value::of).toList();
        if (values.isEmpty()) {
            return;
        }
        String found = file.hasId()
                ? "t.id = k.id"
                : file.key().stream()
                        .map(column -> "t." + column.target() + " = " + (column.link() ? "k." : "s.") + column.target())
                        .collect(Collectors.joining(" and "));
        String key = file.key().stream()
                .map(column -> column.secret()
                        ? "encode(s." + column.target() + "_mac, 'hex')"
                        : "s." + Stage.staged(column) + "::text")
                .collect(Collectors.joining(", ", "concat_ws('|', ", ")"));
        // First which values differ, and then those as text: most of a changed row is as it was.
        String differing = values.stream()
                .map(value -> "case when " + value.differs + " then '" + value.field + "' end")
                .collect(Collectors.joining(", ", "array_remove(array[", "], null)"));
        load.update(
                handle,
                "insert into change_log (town_id, at, actor, run_id, table_name, key, field, old_value, new_value)"
                        + " select :town, :now, 'run', :run, '" + file.table() + "', " + key + ", v.field, "
                        + chosen(values, Value::stored) + ", " + chosen(values, Value::read) + " from "
                        + load.stage().verdicts(file) + " k join "
                        + load.stage().rows(file)
                        + " s on s.line = k.line join " + file.table() + " t on t.town_id = :town and " + found
                        + " cross join lateral unnest(" + differing + ") as v (field) where k.verdict = 'C'");
    }

    private static String chosen(List<Value> values, Function<Value, String> text) {
        return values.stream()
                .map(value -> " when '" + value.field + "' then " + text.apply(value))
                .collect(Collectors.joining("", "case v.field", " end"));
    }

    /**
     * A value as SQL.
     *
     * @param stored as text
     * @param read as text
     */
    private record Value(String field, String stored, String read, String differs) {

        static Value of(Column column) {
            String name = column.target();
            if (column.secret()) {
                return new Value(
                        name,
                        "encode(t." + name + "_enc, 'base64')",
                        "encode(s." + name + "_enc, 'base64')",
                        "t." + name + "_mac is distinct from s." + name + "_mac");
            }
            String stored = "t." + name;
            String read = (column.link() ? "k." : "s.") + name;
            return new Value(name, stored + "::text", read + "::text", stored + " is distinct from " + read);
        }
    }
}
