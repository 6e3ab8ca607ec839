package fr.portailfamille.common;

import java.util.OptionalInt;

/** The town that the work of this thread is done for, set by {@link TownGate} alone. */
final class TownScope {

    private static final ThreadLocal<Integer> TOWN = new ThreadLocal<>();

    private TownScope() {}

    static OptionalInt current() {
        Integer town = TOWN.get();
        return town == null ? OptionalInt.empty() : OptionalInt.of(town);
    }

    /** Enters a town and gives back what leads out again; entering another one from inside is an error. */
    static Runnable enter(int town) {
        Integer outer = TOWN.get();
        if (outer != null && outer != town) {
            throw new WrongTownException("Work for town " + outer + " tried to enter town " + town);
        }
        TOWN.set(town);
        return outer == null ? TOWN::remove : () -> {};
    }
}
