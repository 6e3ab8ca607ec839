package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Chaos;
import fr.portailfamille.launcher.Problem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a town and the portal exchange is cut off at named places and at random instants, by the death of the server, the
 * database or both.
 */
public final class ImportChaos implements Chaos {

    /** Of which two thirds fall on named places: on fifty of them, and all kinds of places. */
    static final int INTERRUPTIONS = 90;

    private static final int FURTHER_LOTS = 6;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String summary() {
        return "kills server and database while lots come in and requests go out; arguments: how often ("
                + INTERRUPTIONS + "), a seed that was printed, episodes (all): " + List.of(Episode.values());
    }

    @Override
    public boolean run(Path stateFolder, List<String> arguments, PrintStream out) throws Exception {
        int count = arguments.isEmpty() ? INTERRUPTIONS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? new Random().nextInt(1_000_000) : Long.parseLong(arguments.get(1));
        Set<Episode> episodes = episodes(arguments.stream().skip(2).toList());
        out.printf(
                "%d interruptions of seed %d; the same again: ./portail chaos import %d %d %s%n",
                count,
                seed,
                count,
                seed,
                String.join(" ", arguments.stream().skip(2).toList()));
        int good = 0;
        try (InterruptedImports imports = InterruptedImports.start(stateFolder, seed, FURTHER_LOTS, episodes)) {
            imports.seenInPeace().forEach((episode, seen) -> out.println("in peace, " + episode + ": " + seen));
            boolean complete = tell(imports, out);
            Set<String> struck = new TreeSet<>();
            Map<Episode, Integer> drawn = new EnumMap<>(Episode.class);
            int round = 0;
            for (Interruption interruption : imports.draw(count, episodes)) {
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
                drawn.merge(interruption.episode(), 1, Integer::sum);
                if (interruption instanceof Interruption.AtFailpoint failpoint) {
                    struck.add(failpoint.name());
                }
            }
            Set<String> spared = Episode.failpointsOf(episodes);
            int failpoints = spared.size();
            spared.removeAll(struck);
            out.printf(
                    "%d of %d ended as in peace, by episode %s; the server ended at %d of %d failpoints%n",
                    good, count, drawn, failpoints - spared.size(), failpoints);
            if (!spared.isEmpty()) {
                out.println("not drawn this time: " + spared);
            }
            return good == count && complete;
        }
    }

    private static Set<Episode> episodes(List<String> named) {
        Set<Episode> chosen = EnumSet.noneOf(Episode.class);
        for (String name : named) {
            chosen.add(Arrays.stream(Episode.values())
                    .filter(episode -> episode.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Problem("No episode " + name + ", but " + List.of(Episode.values()))));
        }
        if (chosen.isEmpty()) {
            Collections.addAll(chosen, Episode.values());
        }
        return chosen;
    }

    /** Whether the town comes to every failpoint, and to no other. */
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
