package fr.portailfamille.exchange.format;

import java.util.Locale;
import java.util.Optional;

/** What a lot is about. Declared from upstream to downstream: a lot waits for earlier lots of flows declared before its own. */
public enum Flow {
    REFERENCE,
    INDIVIDUALS,
    REGISTRATIONS,
    BOOKINGS,
    DECISIONS,
    BILLING;

    /** By its name in a manifest; empty for flows that this portal does not take. */
    public static Optional<Flow> named(String name) {
        for (Flow flow : values()) {
            if (flow.word().equals(name)) {
                return Optional.of(flow);
            }
        }
        return Optional.empty();
    }

    /** As manifests write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isUpstreamOf(Flow other) {
        return ordinal() < other.ordinal();
    }

    /** The type of its runs in « État des traitements ». */
    public String runType() {
        return "IMPORT_" + name();
    }
}
