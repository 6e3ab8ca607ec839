package fr.portailfamille.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a PostgreSQL server answers, and as whom its administrator signs in. */
public record DatabaseAddress(
        String host, int port, String adminUser, String adminPassword, String adminDatabase, String name) {

    /** Of the portal's own database. */
    Connection connect(String user, String password) throws SQLException {
        return connect(name, user, password);
    }

    Connection connectAdministrator(String database) throws SQLException {
        return connect(database, adminUser, adminPassword);
    }

    Connection connectAdministrator() throws SQLException {
        return connectAdministrator(adminDatabase);
    }

    Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("ApplicationName", "portail-launcher");
        return DriverManager.getConnection("jdbc:postgresql://%s:%d/%s".formatted(host, port, database), properties);
    }

    @Override
    public String toString() {
        return "%s:%d/%s".formatted(host, port, name);
    }
}
