package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long PostgreSQL takes to COPY rows that the portal has brought into the very tables that hold them: as their owner,
 * from a file on the server's own disk, with all indexes, keys and durability. The rows are the same afterwards.
 */
final class CopyYardstick implements AutoCloseable {

    static final int TIMES = 3;

    private final Connection owner;
    private final Connection administrator;
    private final ProcessHandle postgres;
    private final Path folder;

    CopyYardstick(Instance instance) throws Exception {
        this.owner = instance.connectAsOwner();
        this.administrator = instance.connectAsAdministrator();
        this.postgres = instance.databaseProcess().orElseThrow(() -> new Problem("Needs a database of its own"));
        this.folder = Files.createTempDirectory("copy-yardstick");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        execute("set search_path to app");
        execute(administrator, "grant pg_read_server_files, pg_write_server_files to portal_owner");
    }

    /** Wall and CPU seconds of a run, and its rows. */
    record Measured(double wall, double cpu, long rows) {}

    /**
     * One run.
     *
     * @param tables parents before what refers to them; they hold one town's rows only, and nothing else refers to them yet
     */
    Measured ofTables(List<String> tables) throws SQLException {
        long rows = 0;
        for (String table : tables) {
            String query = table.equals("booking") ? bookingsAsSent("true") : "select * from " + table;
            rows += count("copy (" + query + ") to '" + folder.resolve(table) + "'");
        }
        execute("truncate " + String.join(", ", tables) + " cascade");
        Measured run = copy(tables, rows);
        // As the next night finds them: what autovacuum does after so many new rows it does meanwhile.
        execute("vacuum (analyze) " + String.join(", ", tables));
        return run;
    }

    /** By schedule and day, as the business application sends bookings: COPY gets them in the order of their lot. */
    static String inOrderOfLots(String condition) {
        return " from booking b join individual i on i.town_id = b.town_id and i.id = b.individual_id"
                + " join schedule c on c.town_id = b.town_id and c.id = b.schedule_id where " + condition
                + " order by c.ref, b.day, i.ref";
    }

    private static String bookingsAsSent(String condition) {
        return "select b.*" + inOrderOfLots(condition);
    }

    /** One run of some bookings only, beside the others that are there. */
    Measured ofBookings(String condition) throws SQLException {
        String table = "booking";
        long rows = count("copy (" + bookingsAsSent("b." + condition) + ") to '" + folder.resolve(table) + "'");
        delete(table, condition);
        return copy(List.of(table), rows);
    }

    void delete(String table, String condition) throws SQLException {
        execute("delete from " + table + " where " + condition);
        execute("vacuum analyze " + table);
        checkpoint();
    }

    /** Forgets all rows of all towns in these tables and what refers to them. */
    void empty(List<String> tables) throws SQLException {
        execute("truncate " + String.join(", ", tables) + ", place_counter cascade");
        for (String partition :
                texts("select inhrelid::regclass::text from pg_inherits where inhparent = 'booking'::regclass"
                        + " and inhrelid <> 'booking_shared'::regclass")) {
            execute("drop table " + partition);
        }
        execute("vacuum");
    }

    /** What autovacuum does after many rows were changed, it would do beside the next measurement. */
    void settle() throws SQLException {
        execute(administrator, "vacuum (analyze)");
    }

    /** As if no lot of the flow had ever come. */
    void forget(CityFlow flow) throws SQLException {
        execute("delete from flow_state where flow = '" + flow.name() + "'");
    }

    void checkpoint() throws SQLException {
        execute(administrator, "checkpoint");
    }

    /** Lines of CSV without a header. */
    Path lines(String query) throws SQLException {
        Path file = folder.resolve("lines.csv");
        count("copy (" + query + ") to '" + file + "' csv");
        return file;
    }

    List<String> texts(String query) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private Measured copy(List<String> tables, long rows) throws SQLException {
        checkpoint();
        double cpu = ProcessorTime.of(postgres);
        long start = System.nanoTime();
        for (String table : tables) {
            execute("copy " + table + " from '" + folder.resolve(table) + "'");
        }
        double wall = (System.nanoTime() - start) / 1e9;
        return new Measured(wall, ProcessorTime.of(postgres) - cpu, rows);
    }

    /** The one that took neither least nor most. */
    static Measured median(List<Measured> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Measured::wall))
                .toList()
                .get(runs.size() / 2);
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        execute(owner, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
        administrator.close();
    }
}
