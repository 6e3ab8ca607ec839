package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What it took to import a lot, from the first byte sent until it is applied.
 *
 * @param serverCpu seconds of all processors together
 */
record Sent(
        double wall, double serverCpu, double databaseCpu, long created, long changed, long unchanged, long archived) {

    private static final long FIRST_LOOKS = 10_000_000;
    private static final long LAST_LOOKS = 200_000_000;

    long rows() {
        return created + changed + unchanged;
    }

    /** The one that took neither least nor most. */
    static Sent median(List<Sent> several) {
        return several.stream()
                .sorted(Comparator.comparingDouble(Sent::wall))
                .toList()
                .get(several.size() / 2);
    }

    double cpu() {
        return serverCpu + databaseCpu;
    }

    static Sent of(Instance instance, String town, Path lot) {
        ProcessHandle server = instance.serverProcess().orElseThrow();
        ProcessHandle postgres =
                instance.databaseProcess().orElseThrow(() -> new Problem("Needs a database of its own"));
        try (Connection database = instance.connectAsOwner();
                PreparedStatement open = database.prepareStatement("select exists (select from app.lot"
                        + " where lot_id = ?::uuid and state in ('RECEIVED', 'WAITING', 'RUNNING'))")) {
            return measured(instance, town, lot, open, server, postgres);
        } catch (SQLException e) {
            throw new Problem("The database does not tell how far " + lot + " is", e);
        }
    }

    /** Asks the database whether it is over: asking the portal, as often, would take a tenth of what is measured. */
    private static Sent measured(
            Instance instance,
            String town,
            Path lot,
            PreparedStatement open,
            ProcessHandle server,
            ProcessHandle postgres)
            throws SQLException {
        double serverCpu = ProcessorTime.of(server);
        double databaseCpu = ProcessorTime.of(postgres);
        long start = System.nanoTime();
        PortalApi.Answer answer = instance.api().sendLot(town, lot, false);
        if (!answer.ok()) {
            throw new Problem(lot + " was refused: HTTP " + answer.status() + " " + answer.body());
        }
        open.setString(1, answer.json().getString("lotId"));
        while (isTrue(open)) {
            LockSupport.parkNanos(Math.min(LAST_LOOKS, Math.max(FIRST_LOOKS, (System.nanoTime() - start) / 100)));
        }
        double wall = (System.nanoTime() - start) / 1e9;
        JsonObject state =
                instance.api().get(town, answer.location().orElseThrow()).json();
        if (!state.getString("state").equals("APPLIED")) {
            throw new Problem(lot + " was not applied: " + state);
        }
        JsonObject rows = state.getJsonObject("rows");
        return new Sent(
                wall,
                ProcessorTime.of(server) - serverCpu,
                ProcessorTime.of(postgres) - databaseCpu,
                rows.getJsonNumber("created").longValue(),
                rows.getJsonNumber("changed").longValue(),
                rows.getJsonNumber("unchanged").longValue(),
                rows.getJsonNumber("archived").longValue());
    }

    private static boolean isTrue(PreparedStatement question) throws SQLException {
        try (ResultSet answer = question.executeQuery()) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
