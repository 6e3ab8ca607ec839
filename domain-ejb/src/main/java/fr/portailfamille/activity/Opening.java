package fr.portailfamille.activity;

/** Whether a schedule is open on a day, and if not, why. */
public sealed interface Opening {

    Opening OPEN = new Open();

    default boolean open() {
        return this instanceof Open;
    }

    record Open() implements Opening {}

    /** A closure, with the reason given, or a public holiday, with its name. */
    record Closed(String reason) implements Opening {}

    /** An ordinary day on which it does not take place. */
    record NoService() implements Opening {}
}
