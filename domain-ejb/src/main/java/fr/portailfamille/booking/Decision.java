package fr.portailfamille.booking;

/** What became of a wish. */
public sealed interface Decision {

    /** Decided at once: booked, or absent. */
    record Accepted() implements Decision {}

    /** Sent on; the business application decides. */
    record Pending() implements Decision {}

    /** With the reason as the family reads it. */
    record Refused(String code, String reason) implements Decision {}

    /** Taken back by the family since. */
    record Withdrawn() implements Decision {}
}
