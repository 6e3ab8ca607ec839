package fr.portailfamille.launcher;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs SQL that somebody typed and prints what comes back as a table. */
final class Query {
    private final PrintStream out;

    Query(PrintStream out) {
        this.out = out;
    }

    /** As the owner, who sees all towns. */
    void asOwner(Instance instance, String sql) throws SQLException {
        try (Connection connection = instance.connectAsOwner()) {
            connection.setSchema("app");
            run(connection, sql);
        }
    }

    /** As the application sees one town, behind row-level security. */
    void asTown(Instance instance, String code, String sql) throws SQLException {
        int town = townId(instance, code);
        try (Connection connection = instance.connectAsApplication()) {
            connection.setSchema("app");
            connection.setAutoCommit(false);
            try (var setting = connection.prepareStatement("select set_config('portal.town', ?, true)")) {
                setting.setString(1, Integer.toString(town));
                setting.execute();
            }
            run(connection, sql);
            connection.commit();
        }
    }

    private static int townId(Instance instance, String code) throws SQLException {
        try (Connection owner = instance.connectAsOwner();
                var statement = owner.prepareStatement("select id from app.town where code = ?")) {
            statement.setString(1, code);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    throw new Problem("There is no town " + code);
                }
                return found.getInt(1);
            }
        }
    }

    private void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    print(statement.getResultSet());
                } else {
                    out.println("(" + statement.getUpdateCount() + " rows changed)");
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private void print(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<String>> table = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        table.add(names);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(Optional.ofNullable(result.getString(i)).orElse("∅").replace("\n", "⏎"));
            }
            table.add(row);
        }
        int[] widths = new int[names.size()];
        for (List<String> row : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int line = 0; line < table.size(); line++) {
            out.println(line(table.get(line), widths));
            if (line == 0) {
                out.println(ruler(widths));
            }
        }
        out.println("(" + (table.size() - 1) + " rows)");
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? " " : " │ ")
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return text.toString().stripTrailing();
    }

    private static String ruler(int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? "─" : "─┼─").append("─".repeat(widths[i]));
        }
        return text.toString();
    }
}
