package fr.portailfamille.batch.lot;

import java.util.HashMap;
import java.util.Map;

/**
 * What a node has taken on: a few lots at once, one at most of a town, and never large ones alone. The last turn is kept
 * for small lots, so that a village need not wait until the night of a few cities is over.
 *
 * @param <W> what goes on for a town
 */
final class Turns<W> {

    private final int most;
    private final Map<Integer, Taken<W>> taken = new HashMap<>();

    private record Taken<W>(W work, boolean large) {}

    /** @param most lots at once, 1 or more; where it is 1, large lots take their turn like all others */
    Turns(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one lot at a time, not " + most);
        }
        this.most = most;
    }

    synchronized boolean free() {
        return taken.size() < most;
    }

    synchronized boolean freeForLarge() {
        long large = taken.values().stream().filter(Taken::large).count();
        return free() && large < Math.max(1, most - 1);
    }

    synchronized boolean has(int town) {
        return taken.containsKey(town);
    }

    synchronized void take(int town, W work, boolean large) {
        if (taken.putIfAbsent(town, new Taken<>(work, large)) != null) {
            throw new IllegalStateException("Town " + town + " has its turn already");
        }
    }

    /** What goes on, by town. */
    synchronized Map<Integer, W> works() {
        Map<Integer, W> works = new HashMap<>();
        taken.forEach((town, each) -> works.put(town, each.work()));
        return works;
    }

    /** Gives the turn back; false when it is another work's: what was thought dead may end after another one took over. */
    synchronized boolean giveBack(int town, W work) {
        Taken<W> now = taken.get(town);
        return now != null && now.work().equals(work) && taken.remove(town) != null;
    }
}
