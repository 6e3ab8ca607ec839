package fr.portailfamille.launcher;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes the portal's database, its two roles and its two schemas where they are missing, and sets the roles' passwords.
 * The owner bypasses row-level security and migrates the schema; the application owns nothing in it. JBeret and the
 * timers make their own tables, in the schema {@code engine}.
 */
final class Roles {
    static final String OWNER = "portal_owner";
    static final String APPLICATION = "portal_app";

    private Roles() {}

    /**
     * For a server that somebody else runs: roles that bear another mark belong to another portal there, and changing
     * their passwords would take its database away from it.
     *
     * @param mark tells this portal from others
     */
    static void requireNotAnothers(DatabaseAddress database, String mark) {
        try (Connection server = database.connectAdministrator();
                Statement statement = server.createStatement()) {
            requireNotAnothers(statement, database, OWNER, mark);
            requireNotAnothers(statement, database, APPLICATION, mark);
        } catch (SQLException e) {
            throw new Problem("The database server does not answer as " + database + ": " + e.getMessage(), e);
        }
    }

    static void prepare(DatabaseAddress database, String mark, String ownerPassword, String applicationPassword) {
        try (Connection server = database.connectAdministrator();
                Statement statement = server.createStatement()) {
            role(statement, OWNER, "login bypassrls", ownerPassword);
            role(statement, APPLICATION, "login nobypassrls", applicationPassword);
            for (String role : List.of(OWNER, APPLICATION)) {
                statement.execute("comment on role %s is %s".formatted(role, literal(mark)));
            }
            if (!exists(statement, "select from pg_database where datname = " + literal(database.name()))) {
                statement.execute("create database %s owner %s encoding 'UTF8' template template0"
                        .formatted(identifier(database.name()), OWNER));
            }
        } catch (SQLException e) {
            throw new Problem("The roles and the database could not be made on " + database + ": " + e.getMessage(), e);
        }
        try (Connection portal = database.connectAdministrator(database.name());
                Statement statement = portal.createStatement()) {
            for (String schema : List.of("app", "engine")) {
                statement.execute("create schema if not exists %s authorization %s".formatted(schema, OWNER));
                statement.execute("grant usage on schema %s to %s".formatted(schema, APPLICATION));
            }
            statement.execute("grant create on schema engine to " + APPLICATION);
            for (String extension : List.of("pg_trgm", "unaccent")) {
                extension(statement, extension);
            }
        } catch (SQLException e) {
            throw new Problem("The schemas could not be made in " + database + ": " + e.getMessage(), e);
        }
    }

    /** Lays the portal's database on another disk; what the server writes ahead stays where it was. */
    static void moveTo(Path disk, DatabaseAddress database) {
        try (Connection server = database.connectAdministrator();
                Statement statement = server.createStatement()) {
            statement.execute("create tablespace small_disk location " + literal(disk.toString()));
            statement.execute("alter database %s set tablespace small_disk".formatted(identifier(database.name())));
        } catch (SQLException e) {
            throw new Problem("The database could not be laid on " + disk + ": " + e.getMessage(), e);
        }
    }

    private static void requireNotAnothers(Statement statement, DatabaseAddress database, String role, String mark)
            throws SQLException {
        if (exists(
                statement,
                "select from pg_roles where rolname = %s and shobj_description(oid, 'pg_authid') is distinct from %s"
                        .formatted(literal(role), literal(mark)))) {
            throw new Problem(("The server %s:%d has a role %s already that this portal did not make. Nothing was "
                            + "changed there. If it is another portal's, choose another server (PGHOST, PGPORT); if "
                            + "it is a leftover, drop its roles %s and %s first.")
                    .formatted(database.host(), database.port(), role, OWNER, APPLICATION));
        }
    }

    private static void role(Statement statement, String name, String rights, String password) throws SQLException {
        String verb = exists(statement, "select from pg_roles where rolname = " + literal(name)) ? "alter" : "create";
        statement.execute("%s role %s %s password %s".formatted(verb, name, rights, literal(password)));
    }

    private static void extension(Statement statement, String name) throws SQLException {
        if (exists(statement, "select from pg_available_extensions where name = " + literal(name))) {
            statement.execute("create extension if not exists %s with schema app".formatted(name));
        } else {
            System.err.println("PostgreSQL's extension " + name + " is not there: searches will be slower.");
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String identifier(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
