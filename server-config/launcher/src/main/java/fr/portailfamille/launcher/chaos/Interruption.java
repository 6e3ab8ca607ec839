package fr.portailfamille.launcher.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What is killed without warning while lots come in, and when. */
public sealed interface Interruption {

    /** The server ends itself at a named place of a flow's import, when it gets there for the n-th time. */
    record AtFailpoint(String place, String flow, int time) implements Interruption {

        String name() {
            return name(place, flow);
        }

        static String name(String place, String flow) {
            return place + "/" + flow;
        }

        @Override
        public String toString() {
            return name() + ":" + time;
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

    List<String> FLOWS = List.of("reference", "individuals", "registrations", "bookings", "decisions", "billing");

    /** In the order in which a lot comes to them; each there for every flow. */
    List<String> PLACES = List.of(
            "mid-receive",
            "after-receive",
            "after-turn",
            "mid-staging",
            "after-staging",
            "mid-validation",
            "after-validation",
            "mid-merge",
            "before-commit-of-merge",
            "after-merge-before-report",
            "before-commit-of-report",
            "after-report");

    /** Only billing brings documents. */
    AtFailpoint DOCUMENTS = new AtFailpoint("mid-documents", "billing", 1);

    /** All that a series of lots of every flow comes to. */
    static Set<String> failpoints() {
        Set<String> names = new TreeSet<>(Set.of(DOCUMENTS.name()));
        for (String place : PLACES) {
            for (String flow : FLOWS) {
                names.add(AtFailpoint.name(place, flow));
            }
        }
        return names;
    }
}
