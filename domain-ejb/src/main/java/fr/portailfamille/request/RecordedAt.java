package fr.portailfamille.request;

/**
 * The instant at which the portal records a decision, or a change that the town made by itself: digests tell what was
 * recorded in their window. A window that was closed since the work began is over, so what comes too late for it is
 * recorded right after it; and none is closed from here to the end of the transaction. See docs/adr/0021.
 */
public final class RecordedAt {

    private RecordedAt() {}

    /** @param now an SQL expression, when the work began */
    public static String sql(String now) {
        return "greatest(" + now + ", (select digests_closed_until()) + interval '1 microsecond')";
    }
}
