package fr.portailfamille.notice;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The portal's transactions, as the database tells them to the portal's own role. */
final class OpenTransactions {

    private OpenTransactions() {}

    /** All but that of the connection which asks: their states and last statements. */
    static List<String> besides(Connection portal) throws SQLException {
        try (Statement statement = portal.createStatement();
                ResultSet row = statement.executeQuery("select state || ': ' || query from pg_stat_activity"
                        + " where datname = current_database() and usename = 'portal_app' and xact_start is not null"
                        + " and pid <> pg_backend_pid()")) {
            List<String> open = new ArrayList<>();
            while (row.next()) {
                open.add(row.getString(1));
            }
            return open;
        }
    }
}
