package fr.portailfamille.launcher.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What imports and agents' decisions on them have put into a town's tables, and what was handed out of them, as one line per
 * table that two towns fed alike have in common: ids are replaced by the references they stand for; times, runs and ciphertext
 * (every town has a key of its own) are left out.
 */
public final class LiveTables {

    /** Beside those that bear the run that changed them. */
    private static final Set<String> FURTHER = Set.of(
            "class_assignment",
            "place_counter",
            "flow_state",
            "processing_run",
            "processing_file",
            "rejected_row",
            "change_log",
            "request",
            "request_line",
            "request_event",
            "decision",
            "lot_decision",
            "booking_change",
            "dispatch",
            "dispatch_line",
            "dispatch_state",
            "outgoing_lot",
            "family_message",
            "notice",
            "stored_document",
            "document_chunk",
            "invoice_document");

    private static final Set<String> LEFT_OUT = Set.of(
            "town_id",
            "id",
            "run_id",
            "lot_id",
            "created_run",
            "changed_run",
            "changed_at",
            "at",
            "started_at",
            "ended_at",
            "waiting_since",
            "attempt",
            "job_execution",
            "columns",
            "submission_key",
            "decided_at",
            "recorded_at",
            "produced_at",
            "agent_id",
            "stored_at");

    /** Of an e-mail it matters that it is there once, and what it is about; it may be on its way or sent. */
    private static final Set<String> OF_NOTICES = Set.of("template", "request_id");

    private static final Map<String, String> REFERRED = Map.ofEntries(
            Map.entry("family_id", "family"),
            Map.entry("request_id", "request"),
            Map.entry("dispatch_id", "dispatch"),
            Map.entry("individual_id", "individual"),
            Map.entry("facility_id", "facility"),
            Map.entry("class_id", "school_class"),
            Map.entry("activity_id", "activity"),
            Map.entry("regie_id", "regie"),
            Map.entry("given_regie_id", "regie"),
            Map.entry("schedule_id", "schedule"),
            Map.entry("pool_id", "pool"),
            Map.entry("document_type_id", "document_type"),
            Map.entry("invoice_id", "invoice"),
            Map.entry("payment_id", "payment"));

    private LiveTables() {}

    /** By table: how many rows, and a digest over them. */
    public static Map<String, String> of(Connection owner, String town) throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        Map<String, List<String>> columns = columns(owner);
        String secrets = columns.values().stream()
                .flatMap(List::stream)
                .filter(column -> column.endsWith("_enc"))
                .map(column -> "'" + column.replaceFirst("_enc$", "") + "'")
                .distinct()
                .collect(Collectors.joining(", "));
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            List<String> parts = new ArrayList<>();
            for (String column : table.getValue()) {
                if (!LEFT_OUT.contains(column) && (!table.getKey().equals("notice") || OF_NOTICES.contains(column))) {
                    parts.add("coalesce((" + part(table.getKey(), column, secrets) + ")::text, '∅')");
                }
            }
            String line = "concat_ws('|', " + String.join(", ", parts) + ")";
            try (PreparedStatement digest =
                    owner.prepareStatement("select count(*) || ' rows, ' || coalesce(md5(string_agg("
                            + "line, E'\\n' order by line collate \"C\")), 'none') from (select " + line
                            + " as line from app."
                            + table.getKey()
                            + " t where t.town_id = (select id from app.town where code = ?)) lines")) {
                digest.setString(1, town);
                try (ResultSet row = digest.executeQuery()) {
                    row.next();
                    tables.put(table.getKey(), row.getString(1));
                }
            }
        }
        return tables;
    }

    private static Map<String, List<String>> columns(Connection owner) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("""
                    select c.relname, a.attname
                      from pg_class c
                      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                     where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                     order by c.relname, a.attnum
                    """)) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        tables.entrySet()
                .removeIf(table -> !table.getValue().contains("changed_run") && !FURTHER.contains(table.getKey()));
        return tables;
    }

    private static String part(String table, String column, String secrets) {
        if (table.equals("change_log") && column.endsWith("_value")) {
            return "case when t.field in (" + secrets + ") then (t." + column + " is null)::text else t." + column
                    + " end";
        }
        if (table.equals("change_log") && column.equals("key")) {
            return "regexp_replace(t.key, '[0-9a-f]{64}', 'hash')";
        }
        // When and under which nonce differs from run to run; whether does not.
        if (column.equals("archived_at")
                || column.equals("acknowledged_at")
                || column.endsWith("_enc")
                || column.endsWith("_mac")) {
            return "t." + column + " is null";
        }
        // The smaller id stands first, and which one that is may differ between towns.
        if (table.equals("incompatibility") && column.endsWith("activity_id")) {
            return (column.equals("activity_id") ? "least(" : "greatest(") + ref("activity", "activity_id") + ", "
                    + ref("activity", "excluded_activity_id") + ")";
        }
        if (column.equals("counter_id")) {
            return "coalesce(" + ref("schedule", column) + ", " + ref("pool", column) + ")";
        }
        if (column.equals("account_id")) {
            return "(select a.email from app.citizen_account a where a.town_id = t.town_id and a.id = t.account_id)";
        }
        if (column.equals("document_id")) {
            return "(select encode(d.sha256, 'hex') from app.stored_document d where d.town_id = t.town_id and d.id = t.document_id)";
        }
        if (table.equals("document_chunk") && column.equals("bytes")) {
            return "length(t.bytes)";
        }
        if (column.endsWith("_id")) {
            String referred = REFERRED.get(column);
            if (referred == null) {
                throw new IllegalStateException(table + "." + column + ": say which reference stands for it");
            }
            return ref(referred, column);
        }
        return "t." + column;
    }

    private static String ref(String table, String column) {
        return "(select r.ref from app." + table + " r where r.town_id = t.town_id and r.id = t." + column + ")";
    }
}
