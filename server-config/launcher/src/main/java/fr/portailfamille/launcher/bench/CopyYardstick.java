package fr.portailfamille.launcher.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How long PostgreSQL takes to COPY the rows that a flow has just brought into the very tables that hold them: as their
 * owner, from a file on the server's own disk, with all indexes, keys and durability. The rows are the same afterwards.
 */
final class CopyYardstick {

    private static final int TIMES = 3;

    private final Connection owner;
    private final Connection administrator;
    private final Path folder;

    CopyYardstick(Connection owner, Connection administrator) throws Exception {
        this.owner = owner;
        this.administrator = administrator;
        this.folder = Files.createTempDirectory("copy-yardstick");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        execute(owner, "set search_path to app");
        execute(administrator, "grant pg_read_server_files, pg_write_server_files to portal_owner");
    }

    /** Wall and CPU seconds of the median run, and its rows. */
    record Measured(double wall, double cpu, long rows) {}

    /** @param tables parents before what refers to them; they hold one town's rows only, and nothing else refers to them yet */
    Measured measure(List<String> tables, ProcessHandle postgres) throws SQLException {
        long rows = 0;
        for (String table : tables) {
            try (Statement statement = owner.createStatement()) {
                rows += statement.executeLargeUpdate(
                        "copy (select * from " + table + ") to '" + folder.resolve(table) + "'");
            }
        }
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            execute(owner, "truncate " + String.join(", ", tables) + " cascade");
            execute(administrator, "checkpoint");
            double cpu = ProcessorTime.of(postgres);
            long start = System.nanoTime();
            for (String table : tables) {
                execute(owner, "copy " + table + " from '" + folder.resolve(table) + "'");
            }
            double wall = (System.nanoTime() - start) / 1e9;
            runs.add(new Measured(wall, ProcessorTime.of(postgres) - cpu, rows));
        }
        execute(owner, "analyze " + String.join(", ", tables));
        runs.sort(java.util.Comparator.comparingDouble(Measured::wall));
        return runs.get(TIMES / 2);
    }

    void checkpoint() throws SQLException {
        execute(administrator, "checkpoint");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
