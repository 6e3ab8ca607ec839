package fr.portailfamille.launcher;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a portal that has just started has to show: its towns, and who may sign in. */
final class Demonstration {
    private final Instance instance;

    Demonstration(Instance instance) {
        this.instance = instance;
    }

    /** The lines that {@code run} prints under the addresses. */
    List<String> signIns() {
        List<String> lines = new ArrayList<>();
        try (Connection owner = instance.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet towns = statement.executeQuery("select code, name from app.town order by code limit 20")) {
            while (towns.next()) {
                lines.add("%-24s %s/portail/%s/ · %s/backoffice/%s/"
                        .formatted(
                                towns.getString("name"),
                                instance.baseUrl(),
                                towns.getString("code"),
                                instance.baseUrl(),
                                towns.getString("code")));
            }
        } catch (SQLException e) {
            throw new Problem("The towns could not be listed: " + e.getMessage(), e);
        }
        if (lines.isEmpty()) {
            lines.add("No town is open yet: ./portail town CODE NAME ADMIN_EMAIL, then ./portail mails ADMIN_EMAIL");
        }
        return lines;
    }
}
