package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that ended without warning comes back by itself. */
class CrashedPostgresTest {

    private static final Path FOLDER = Path.of("target/crashed-postgres").toAbsolutePath();

    private final LocalPostgres postgres =
            new LocalPostgres(new StateFolder(FOLDER), Ports.free().database(), OptionalInt.empty());

    @AfterEach
    void stop() throws IOException {
        postgres.discard();
        StateFolder.deleteTree(FOLDER);
    }

    /** Of an unlogged table that was being taken back, what empties it is gone already and what it held is not. */
    @Test
    void starts_although_half_of_a_table_that_was_being_dropped_is_left() throws Exception {
        postgres.start();
        String data;
        String table;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 7 as n");
            statement.execute("checkpoint");
            statement.execute("create unlogged table half (n int)");
            data = text(statement, "show data_directory");
            table = text(statement, "select pg_relation_filepath('half')");
        }
        postgres.kill();
        Files.delete(Path.of(data).resolve(table + "_init"));
        assertThat(Path.of(data).resolve(table)).exists();

        postgres.start();

        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "select n from kept")).isEqualTo("7");
        }
    }

    private Connection connect() throws SQLException {
        return postgres.address().connectAdministrator();
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
