package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.chaos.Interruption.AtFailpoint;
import fr.portailfamille.launcher.chaos.Interruption.AtInstant;
import fr.portailfamille.launcher.chaos.Interruption.Victim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Interruptions of what a town is fed: of five, three while lots come in and two elsewhere; of three, two at named places
 * and one at an instant. Episodes, places and flows take turns.
 */
final class InterruptionDraw {

    private final Map<Episode, Peace> peace;
    private final Random random;
    private final Map<Object, List<Object>> left = new HashMap<>();
    private final Map<String, Integer> drawn = new HashMap<>();

    /**
     * An episode that nothing interrupts.
     *
     * @param millis how long it takes
     * @param passes how many times each failpoint is come to
     */
    record Peace(long millis, Map<String, Integer> passes) {}

    /** @param peace of the episodes that interruptions are drawn for */
    InterruptionDraw(Map<Episode, Peace> peace, Random random) {
        this.peace = peace;
        this.random = random;
    }

    List<Interruption> draw(int count) {
        List<Episode> others = new ArrayList<>(peace.keySet());
        others.remove(Episode.IMPORT);
        Collections.sort(others);
        List<Interruption> all = new ArrayList<>();
        int imports = 0;
        while (all.size() < count) {
            boolean here =
                    others.isEmpty() || peace.containsKey(Episode.IMPORT) && all.size() % 5 != 2 && all.size() % 5 != 4;
            if (here) {
                all.add(imports % 3 == 1 ? atInstant(Episode.IMPORT) : atImportPlace());
                imports++;
            } else {
                Episode episode = next("episode", others);
                all.add(drawn.merge(episode.name(), 1, Integer::sum) % 3 == 2 ? atInstant(episode) : atPlace(episode));
            }
        }
        return all;
    }

    private AtInstant atInstant(Episode episode) {
        return new AtInstant(
                episode,
                next(Victim.class, List.of(Victim.values())),
                random.nextLong(peace.get(episode).millis()));
    }

    private AtFailpoint atPlace(Episode episode) {
        return at(episode, next(episode, List.copyOf(episode.failpoints())));
    }

    /** Each place once before any comes again, each time for the flow that came least until then. */
    private AtFailpoint atImportPlace() {
        List<String> all = new ArrayList<>(ImportPlace.ALL);
        all.add(ImportPlace.DOCUMENTS);
        String place = next(Episode.IMPORT, all);
        if (place.equals(ImportPlace.DOCUMENTS)) {
            return at(Episode.IMPORT, place);
        }
        List<String> flows = new ArrayList<>(ImportPlace.FLOWS);
        Collections.shuffle(flows, random);
        String flow = flows.stream()
                .min(Comparator.comparingInt((String each) -> times(ImportPlace.name(place, each)))
                        .thenComparingInt(this::times))
                .orElseThrow();
        String name = ImportPlace.name(place, flow);
        drawn.merge(name, 1, Integer::sum);
        drawn.merge(flow, 1, Integer::sum);
        return at(Episode.IMPORT, name);
    }

    private AtFailpoint at(Episode episode, String name) {
        int passes = peace.get(episode).passes().getOrDefault(name, 1);
        return new AtFailpoint(episode, name, 1 + random.nextInt(passes));
    }

    private int times(String name) {
        return drawn.getOrDefault(name, 0);
    }

    /** One that has not come since all have. */
    @SuppressWarnings("unchecked")
    private <T> T next(Object kind, List<T> all) {
        List<T> rest = (List<T>) left.computeIfAbsent(kind, none -> new ArrayList<>());
        if (rest.isEmpty()) {
            rest.addAll(all);
            Collections.shuffle(rest, random);
        }
        return rest.remove(rest.size() - 1);
    }
}
