package fr.portailfamille.launcher.bench;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What it took to import a lot, from the first byte sent until the portal says that it is applied.
 *
 * @param serverCpu seconds of all processors together
 */
record Sent(
        double wall, double serverCpu, double databaseCpu, long created, long changed, long unchanged, long archived) {

    private static final List<String> FAILED = List.of("REFUSED", "FAILED", "GUARD", "CANCELLED");

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
        double serverCpu = ProcessorTime.of(server);
        double databaseCpu = ProcessorTime.of(postgres);
        long start = System.nanoTime();
        PortalApi.Answer answer = instance.api().sendLot(town, lot, false);
        if (!answer.ok()) {
            throw new Problem(lot + " was refused: HTTP " + answer.status() + " " + answer.body());
        }
        String location = answer.location().orElseThrow();
        JsonObject state = answer.json();
        while (!state.getString("state").equals("APPLIED")) {
            // Asking costs too: the longer it takes, the less often.
            LockSupport.parkNanos(Math.min(200_000_000, Math.max(10_000_000, (System.nanoTime() - start) / 50)));
            state = instance.api().get(town, location).json();
            if (FAILED.contains(state.getString("state"))) {
                throw new Problem(lot + " was not applied: " + state);
            }
        }
        double wall = (System.nanoTime() - start) / 1e9;
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
}
