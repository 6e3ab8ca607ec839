package fr.portailfamille.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Places at which a test may end the server as a power cut would: {@code PORTAIL_FAILPOINT} names one, and
 * {@code PORTAIL_TEST} must be true.
 */
final class Failpoints {

    static final String AFTER_RECEIVE = "after-receive";
    static final String MID_STAGING = "mid-staging";
    static final String AFTER_STAGING = "after-staging";
    static final String BEFORE_COMMIT_OF_MERGE = "before-commit-of-merge";
    static final String AFTER_MERGE_BEFORE_REPORT = "after-merge-before-report";

    private static final @Nullable String CHOSEN =
            Boolean.parseBoolean(System.getenv("PORTAIL_TEST")) ? System.getenv("PORTAIL_FAILPOINT") : null;

    private Failpoints() {}

    static void reached(String place) {
        if (place.equals(CHOSEN)) {
            Runtime.getRuntime().halt(137);
        }
    }
}
