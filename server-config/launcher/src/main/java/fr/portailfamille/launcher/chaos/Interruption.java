package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.lot.LotSeries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What is killed without warning while lots come in, and when. */
public sealed interface Interruption {

    /** The server ends itself at a named place of the import, when it gets there for the n-th time. */
    record AtFailpoint(String place, int time) implements Interruption {
        @Override
        public String toString() {
            return place + ":" + time;
        }
    }

    /** Killed from outside, so many milliseconds after the first lot is sent. */
    record AtInstant(Victim victim, long millis) implements Interruption {
        @Override
        public String toString() {
            return victim.name().toLowerCase(Locale.ROOT) + " killed after " + millis + " ms";
        }
    }

    /** What is killed. */
    enum Victim {
        SERVER,
        DATABASE,
        BOTH
    }

    /** A named place, and whether the server gets there once for each lot, or for each file of each lot. */
    enum Place {
        MID_RECEIVE(false),
        AFTER_RECEIVE(false),
        AFTER_TURN(false),
        MID_STAGING(true),
        AFTER_STAGING(false),
        MID_VALIDATION(true),
        AFTER_VALIDATION(false),
        MID_MERGE(true),
        BEFORE_COMMIT_OF_MERGE(false),
        AFTER_MERGE_BEFORE_REPORT(false),
        BEFORE_COMMIT_OF_REPORT(false),
        AFTER_REPORT(false);

        private final boolean eachFile;

        Place(boolean eachFile) {
            this.eachFile = eachFile;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Between a lot's files it passes once less than there are files. */
        private int times(List<LotSeries.Lot> lots) {
            if (!eachFile) {
                return lots.size();
            }
            int files = lots.stream().mapToInt(LotSeries.Lot::files).sum();
            return this == MID_STAGING ? files - lots.size() : files;
        }

        private AtFailpoint draw(List<LotSeries.Lot> lots, Random random) {
            return new AtFailpoint(word(), 1 + random.nextInt(times(lots)));
        }
    }

    /**
     * Interruptions of feeding these lots: places and instants by turns, each place once before any comes again.
     *
     * @param millis how long the lots take where nothing interrupts them
     */
    static List<Interruption> draw(int count, List<LotSeries.Lot> lots, long millis, Random random) {
        List<Place> places = new ArrayList<>();
        List<Victim> victims = new ArrayList<>();
        List<Interruption> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            if (drawn.size() % 2 == 0) {
                drawn.add(next(places, Place.values(), random).draw(lots, random));
            } else {
                drawn.add(new AtInstant(next(victims, Victim.values(), random), random.nextLong(millis)));
            }
        }
        return drawn;
    }

    private static <T> T next(List<T> left, T[] all, Random random) {
        if (left.isEmpty()) {
            left.addAll(List.of(all));
            Collections.shuffle(left, random);
        }
        return left.remove(left.size() - 1);
    }
}
