package fr.portailfamille.exchange;

/** What came of asking for an exchange key. */
public sealed interface NewKey {

    /**
     * The key, in clear for this once.
     *
     * @param name as it was kept
     */
    record Made(long id, String name, String key) implements NewKey {
        /** The key must not get into a log by accident. */
        @Override
        public String toString() {
            return "Made[" + id + ", " + name + "]";
        }
    }

    /** A key that still opens bears the name: two of them could not be told apart. */
    record NameTaken() implements NewKey {}
}
