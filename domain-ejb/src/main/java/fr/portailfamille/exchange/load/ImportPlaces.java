package fr.portailfamille.exchange.load;

import fr.portailfamille.common.Failpoints;
import fr.portailfamille.exchange.format.Flow;

/**
 * Where drills may end the server while a lot comes in, is tried, or waits for an agent: each place once for every flow, but
 * for those of an agent's decision and those that only large lots come to.
 */
public final class ImportPlaces {

    /** The lot is half written, in a transaction that has not committed. */
    public static final String MID_RECEIVE = "mid-receive";

    public static final String AFTER_RECEIVE = "after-receive";

    /** The run has begun, its job has not. */
    public static final String AFTER_TURN = "after-turn";

    public static final String MID_STAGING = "mid-staging";
    /** One more document of the lot is stored, in a transaction that has not committed. */
    public static final String MID_DOCUMENTS = "mid-documents";

    public static final String AFTER_STAGING = "after-staging";

    /** One more file was checked. */
    public static final String MID_VALIDATION = "mid-validation";

    /** Secrets that were left out of one more file are encrypted. */
    public static final String MID_SEALING = "mid-sealing";

    public static final String AFTER_VALIDATION = "after-validation";

    /** One more file is merged, in a transaction that has not committed. */
    public static final String MID_MERGE = "mid-merge";

    /** Of a city's first bookings a half, or more, is put aside. */
    public static final String HALF_ASIDE = "half-aside";

    /** A city's first bookings have foreign keys that are not looked at yet. */
    public static final String ASIDE_REFERRED = "aside-referred";

    /** They are right; others can still book in the town. */
    public static final String ASIDE_VALIDATED = "aside-validated";

    /** A city's first bookings are about to become its partition: nobody else can book in the town. */
    public static final String BOOKINGS_ASIDE = "bookings-aside";

    /** What many bookings need besides them is found, in a transaction beside that of their merge; neither has committed. */
    public static final String BEFORE_COMMIT_OF_BESIDE = "before-commit-of-beside";

    /** All of a simulation is done, in the transaction that takes it back. */
    public static final String BEFORE_TAKING_BACK = "before-taking-back";

    /** It is taken back; what it has found is not kept yet. */
    public static final String AFTER_TAKING_BACK = "after-taking-back";

    /** The guard holds the lot, in a transaction that has not committed. */
    public static final String BEFORE_COMMIT_OF_HOLD = "before-commit-of-hold";

    /** The lot is held; its job has not ended. */
    public static final String AFTER_HOLD = "after-hold";

    /** An agent has confirmed a held lot, in a transaction that has not committed. */
    public static final String BEFORE_COMMIT_OF_CONFIRMATION = "before-commit-of-confirmation";

    /** Confirmed; the lot's turn has not come, and the agent has no answer. */
    public static final String AFTER_CONFIRMATION = "after-confirmation";

    public static final String BEFORE_COMMIT_OF_MERGE = "before-commit-of-merge";
    public static final String AFTER_MERGE_BEFORE_REPORT = "after-merge-before-report";
    public static final String BEFORE_COMMIT_OF_REPORT = "before-commit-of-report";
    public static final String AFTER_REPORT = "after-report";

    private ImportPlaces() {}

    public static void reached(String place) {
        Failpoints.reached(place);
    }

    public static void reached(String place, Flow flow) {
        reached(place, flow.word());
    }

    /** @param flow as manifests write it */
    public static void reached(String place, String flow) {
        Failpoints.reached(place + "/" + flow);
    }
}
