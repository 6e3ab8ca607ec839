package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FileFormat;
import java.util.ArrayList;
import java.util.List;
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
        List<String> values = new ArrayList<>();
        for (Column column : SqlParts.values(load, file)) {
            values.add(column.secret() ? secret(column.target()) : plain(column));
        }
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
        load.update(
                handle,
                "insert into change_log (town_id, at, actor, run_id, table_name, key, field, old_value, new_value)"
                        + " select :town, :now, 'run', :run, '" + file.table() + "', " + key
                        + ", v.field, v.old, v.new from " + load.stage().verdicts(file) + " k join "
                        + load.stage().rows(file) + " s on s.line = k.line join " + file.table()
                        + " t on t.town_id = :town and " + found + " cross join lateral (values "
                        + String.join(", ", values)
                        + ") as v (field, old, new, differs) where k.verdict = 'C' and v.differs");
    }

    private static String plain(Column column) {
        String stored = "t." + column.target();
        String read = (column.link() ? "k." : "s.") + column.target();
        return "('" + column.target() + "', " + stored + "::text, " + read + "::text, " + stored + " is distinct from "
                + read + ")";
    }

    private static String secret(String name) {
        return "('" + name + "', encode(t." + name + "_enc, 'base64'), encode(s." + name + "_enc, 'base64'), t." + name
                + "_mac is distinct from s." + name + "_mac)";
    }
}
