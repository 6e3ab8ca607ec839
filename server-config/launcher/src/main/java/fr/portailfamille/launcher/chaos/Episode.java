package fr.portailfamille.launcher.chaos;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stretch of what passes between a town and the portal. An interruption falls into one of them; a town is fed up to that
 * one, in this order.
 */
public enum Episode {

    /** Lots of every flow, over HTTP. */
    IMPORT(importPlaces()),

    /** Requests, fetched lot by lot over HTTP and acknowledged. */
    REQUESTS(
            "before-commit-of-cut",
            "after-cut",
            "mid-reading",
            "before-commit-of-acknowledgement",
            "after-acknowledgement"),

    /** A lot of bills that is only tried. */
    DRY_RUN(
            "after-receive/billing",
            "mid-documents/billing",
            "after-staging/billing",
            "mid-validation/billing",
            "mid-merge/billing",
            "before-taking-back/billing",
            "after-taking-back/billing",
            "before-commit-of-report/billing"),

    /** A lot of bookings that the guard holds, until an agent confirms it. */
    CONFIRMATION(
            "before-commit-of-hold/bookings",
            "after-hold/bookings",
            "before-commit-of-confirmation",
            "after-confirmation",
            "after-turn/bookings",
            "before-commit-of-merge/bookings"),

    /** Requests, laid out in the drop folder and taken from there. */
    FOLDER_OUT(
            "before-commit-of-cut",
            "folder-after-offer",
            "mid-reading",
            "folder-after-laying-out",
            "before-commit-of-acknowledgement",
            "after-acknowledgement",
            "folder-after-taken"),

    /** Lots that come by the drop folder. */
    FOLDER_IN("folder-after-taking-in", "folder-before-putting-away", "folder-after-putting-away"),

    /** Lots of a city, a town of its own: so large that they take other ways than a village's. */
    CITY(
            "mid-staging/individuals",
            "after-staging/individuals",
            "mid-validation/individuals",
            "mid-sealing/individuals",
            "after-validation/individuals",
            "mid-merge/individuals",
            "before-commit-of-merge/individuals",
            "mid-staging/bookings",
            "after-staging/bookings",
            "half-aside/bookings",
            "mid-validation/bookings",
            "aside-referred/bookings",
            "aside-validated/bookings",
            "bookings-aside/bookings",
            "before-commit-of-beside/bookings",
            "mid-merge/bookings",
            "before-commit-of-merge/bookings",
            "after-merge-before-report/bookings",
            "before-commit-of-report/bookings",
            "after-report/bookings");

    private final Set<String> failpoints;

    Episode(String... failpoints) {
        this(Set.of(failpoints));
    }

    Episode(Set<String> failpoints) {
        this.failpoints = new TreeSet<>(failpoints);
    }

    /** Named places of the server at which one may be drawn; all are come to where nothing interrupts. */
    Set<String> failpoints() {
        return new TreeSet<>(failpoints);
    }

    /** Those that lead to it. */
    List<Episode> before() {
        return this == CITY ? List.of() : List.of(values()).subList(0, ordinal());
    }

    private static Set<String> importPlaces() {
        Set<String> names = new TreeSet<>(Set.of(ImportPlace.DOCUMENTS));
        for (String place : ImportPlace.ALL) {
            for (String flow : ImportPlace.FLOWS) {
                names.add(ImportPlace.name(place, flow));
            }
        }
        return names;
    }

    /** All that is come to in any of these. */
    static Set<String> failpointsOf(Collection<Episode> episodes) {
        Set<String> names = new TreeSet<>();
        episodes.forEach(episode -> names.addAll(episode.failpoints));
        return names;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
