package fr.portailfamille.launcher.chaos;

import java.util.Locale;

/** What is killed without warning while a town and the portal exchange something, and when. */
public sealed interface Interruption {

    /** Where it falls. */
    Episode episode();

    /** The server ends itself at a named place, when it gets there for the n-th time in the episode. */
    record AtFailpoint(Episode episode, String name, int time) implements Interruption {

        /** As the server is told. */
        String order() {
            return name + ":" + time;
        }

        @Override
        public String toString() {
            return episode + ": " + order();
        }
    }

    /** Killed from outside, so many milliseconds after the episode begins. */
    record AtInstant(Episode episode, Victim victim, long millis) implements Interruption {
        @Override
        public String toString() {
            return episode + ": " + victim.name().toLowerCase(Locale.ROOT) + " killed after " + millis + " ms";
        }
    }

    /** What is killed. */
    enum Victim {
        SERVER,
        DATABASE,
        BOTH,
        /** One process of the database that works for the server: the database starts again by itself, within the second. */
        SESSION
    }
}
