package fr.portailfamille.exchange.outgoing;

import fr.portailfamille.common.Failpoints;

/** Where drills may end the server while requests go out, over HTTP and by the drop folder. */
public final class OutgoingPlaces {

    /** A lot is cut, in a transaction that has not committed. */
    public static final String BEFORE_COMMIT_OF_CUT = "before-commit-of-cut";

    /** The lot is there for ever; nobody has got it. */
    public static final String AFTER_CUT = "after-cut";

    /** One more file of the lot is written to whoever takes it; the end is missing. */
    public static final String MID_READING = "mid-reading";

    /** What was taken is noted, in a transaction that has not committed. */
    public static final String BEFORE_COMMIT_OF_ACKNOWLEDGEMENT = "before-commit-of-acknowledgement";

    /** Noted; whoever took it has no answer. */
    public static final String AFTER_ACKNOWLEDGEMENT = "after-acknowledgement";

    private OutgoingPlaces() {}

    static void reached(String place) {
        Failpoints.reached(place);
    }
}
