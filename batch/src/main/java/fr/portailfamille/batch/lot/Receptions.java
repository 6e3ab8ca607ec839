package fr.portailfamille.batch.lot;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many lots of a town are on their way in at once on this node, at most {@code PORTAIL_LOTS_COMING_IN}: each takes disk
 * until it is checked and stored, and one town must not take all.
 */
@ApplicationScoped
public class Receptions {

    private static final int USUAL = 4;

    private final ConcurrentMap<Integer, Integer> underWay = new ConcurrentHashMap<>();

    /** A place that one reception takes up until it is closed. */
    interface Place extends Closeable {
        @Override
        void close();
    }

    /** Empty when all places of the town are taken. */
    Optional<Place> enter(int town) {
        int most = most();
        boolean[] in = new boolean[1];
        underWay.compute(town, (key, now) -> {
            int taken = now == null ? 0 : now;
            in[0] = taken < most;
            return in[0] ? Integer.valueOf(taken + 1) : now;
        });
        return in[0] ? Optional.of(() -> leave(town)) : Optional.empty();
    }

    private void leave(int town) {
        underWay.computeIfPresent(town, (key, now) -> now == 1 ? null : now - 1);
    }

    private static int most() {
        String value = System.getenv("PORTAIL_LOTS_COMING_IN");
        return value == null || value.isBlank() ? USUAL : Integer.parseInt(value.strip());
    }
}
