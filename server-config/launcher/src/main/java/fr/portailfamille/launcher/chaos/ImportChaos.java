package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Chaos;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The import is cut off at named places and at random instants, by the death of the server, the database or both. */
public final class ImportChaos implements Chaos {

    private static final int INTERRUPTIONS = 50;
    private static final int FURTHER_LOTS = 6;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String summary() {
        return "kills server and database while lots come in; arguments: how often (50), a seed that was printed";
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        int count = arguments.isEmpty() ? INTERRUPTIONS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? new Random().nextInt(1_000_000) : Long.parseLong(arguments.get(1));
        out.printf(
                "%d interruptions of seed %d; the same again: ./portail chaos import %d %d%n",
                count, seed, count, seed);
        int good = 0;
        try (InterruptedImports imports = InterruptedImports.start(stateFolder, seed, FURTHER_LOTS)) {
            out.println("fed in peace: " + imports.peacefulStates());
            boolean complete = tell(imports, out);
            Set<String> struck = new TreeSet<>();
            int round = 0;
            for (Interruption interruption : imports.draw(count)) {
                round++;
                long start = System.nanoTime();
                List<String> differences = imports.differences(interruption);
                out.printf(
                        "%s %d/%d %s (%.1f s)%n",
                        differences.isEmpty() ? "✓" : "✗",
                        round,
                        count,
                        interruption,
                        (System.nanoTime() - start) / 1e9);
                differences.forEach(difference -> out.println("    " + difference));
                good += differences.isEmpty() ? 1 : 0;
                if (interruption instanceof Interruption.AtFailpoint failpoint) {
                    struck.add(failpoint.name());
                }
            }
            out.printf(
                    "%d of %d ended as in peace; the server ended at %d of %d failpoints%n",
                    good, count, struck.size(), Interruption.failpoints().size());
            return good == count && complete;
        }
    }

    /** Whether the lots come to every failpoint, and to no other. */
    private static boolean tell(InterruptedImports imports, PrintStream out) {
        Set<String> never = imports.neverReached();
        Set<String> unknown = imports.unknown();
        if (!never.isEmpty()) {
            out.println("✗ failpoints never reached: " + never);
        }
        if (!unknown.isEmpty()) {
            out.println("✗ failpoints that this sweep does not know: " + unknown);
        }
        return never.isEmpty() && unknown.isEmpty();
    }
}
