package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that somebody else runs, and a second portal that is pointed at it. */
class GivenDatabaseTest {
    private static final Path FOLDER = Path.of("target/given-database").toAbsolutePath();
    private static final LocalPostgres SERVER =
            new LocalPostgres(new StateFolder(FOLDER), Ports.free().database(), OptionalInt.empty());

    @BeforeAll
    static void start() {
        SERVER.start();
        startPortal("portal 1", "1");
    }

    private static void startPortal(String mark, String password) {
        Roles.requireNotAnothers(SERVER.address(), mark);
        Roles.prepare(SERVER.address(), mark, "owner-" + password, "application-" + password);
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.discard();
        StateFolder.deleteTree(FOLDER);
    }

    @Test
    void the_same_portal_starts_again() {
        assertThatCode(() -> startPortal("portal 1", "1")).doesNotThrowAnyException();
    }

    @Test
    void another_portal_is_refused_and_changes_nothing() throws SQLException {
        assertThatThrownBy(() -> startPortal("portal 2", "2"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("portal_owner");

        for (List<String> login :
                List.of(List.of(Roles.OWNER, "owner-1"), List.of(Roles.APPLICATION, "application-1"))) {
            try (var connection = SERVER.address().connect(login.get(0), login.get(1))) {
                assertThat(connection.isValid(10)).isTrue();
            }
        }
    }
}
