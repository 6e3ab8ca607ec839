package fr.portailfamille.launcher.chaos;

import java.util.List;

/** The places that a lot of any flow comes to, and how the server calls each of them for each flow. */
final class ImportPlace {

    static final List<String> FLOWS =
            List.of("reference", "individuals", "registrations", "bookings", "decisions", "billing");

    /** In the order in which a lot comes to them; each there for every flow. */
    static final List<String> ALL = List.of(
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
    static final String DOCUMENTS = "mid-documents/billing";

    private ImportPlace() {}

    static String name(String place, String flow) {
        return place + "/" + flow;
    }
}
