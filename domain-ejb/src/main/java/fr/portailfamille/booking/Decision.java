package fr.portailfamille.booking;

import java.util.Optional;

/** What became of a wish. */
public sealed interface Decision {

    /** Decided at once: booked, or absent. */
    record Accepted() implements Decision {}

    /** Sent on; the business application decides. */
    record Pending() implements Decision {}

    /** On the waiting list, at this place of it, from 1; empty where nobody knows. */
    record Waitlisted(Optional<Integer> rank) implements Decision {}

    /** With the reason as the family reads it. */
    record Refused(String code, String reason) implements Decision {}

    /** Taken back by the family since. */
    record Withdrawn() implements Decision {}
}
