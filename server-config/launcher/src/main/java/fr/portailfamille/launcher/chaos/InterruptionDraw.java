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

/** Interruptions of a series of lots: two at named places, one at an instant, and so on. Places and flows take turns. */
final class InterruptionDraw {

    private final Map<String, Integer> passes;
    private final long millis;
    private final Random random;
    private final List<String> places = new ArrayList<>();
    private final List<Victim> victims = new ArrayList<>();
    private final Map<String, Integer> drawn = new HashMap<>();

    /**
     * @param passes how many times each failpoint is come to where nothing interrupts
     * @param millis how long the series takes there
     */
    InterruptionDraw(Map<String, Integer> passes, long millis, Random random) {
        this.passes = passes;
        this.millis = millis;
        this.random = random;
    }

    List<Interruption> draw(int count) {
        List<Interruption> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(
                    all.size() % 3 != 1
                            ? atFailpoint()
                            : new AtInstant(next(victims, List.of(Victim.values())), random.nextLong(millis)));
        }
        return all;
    }

    /** Each place once before any comes again, each time for the flow that came least until then. */
    private AtFailpoint atFailpoint() {
        List<String> all = new ArrayList<>(Interruption.PLACES);
        all.add(Interruption.DOCUMENTS.place());
        String place = next(places, all);
        List<String> flows = new ArrayList<>(
                place.equals(Interruption.DOCUMENTS.place())
                        ? List.of(Interruption.DOCUMENTS.flow())
                        : Interruption.FLOWS);
        Collections.shuffle(flows, random);
        String flow = flows.stream()
                .min(Comparator.comparingInt((String each) -> times(AtFailpoint.name(place, each)))
                        .thenComparingInt(this::times))
                .orElseThrow();
        String name = AtFailpoint.name(place, flow);
        drawn.merge(name, 1, Integer::sum);
        drawn.merge(flow, 1, Integer::sum);
        return new AtFailpoint(place, flow, 1 + random.nextInt(passes.getOrDefault(name, 1)));
    }

    private int times(String name) {
        return drawn.getOrDefault(name, 0);
    }

    private <T> T next(List<T> left, List<T> all) {
        if (left.isEmpty()) {
            left.addAll(all);
            Collections.shuffle(left, random);
        }
        return left.remove(left.size() - 1);
    }
}
