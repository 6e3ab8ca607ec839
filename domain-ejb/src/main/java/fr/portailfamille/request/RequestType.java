package fr.portailfamille.request;

/** What a request is about, as families and agents see it listed. */
public enum RequestType {
    BOOKING,
    ABSENCE,
    GUARDIAN_CHANGE,
    ADDRESS_CHANGE,
    BANK_CHANGE,
    TAX_CHANGE,
    CHILD_CHANGE,
    PERMISSIONS_CHANGE,
    HEALTH_CHANGE,
    CONTACTS_CHANGE,
    DOCUMENT,
    NURSERY,
    SUBSCRIPTION,
    CONTACT,
    APPOINTMENT,
    REPORT;

    /** The kind under which the business application hears of it. */
    String kind() {
        return switch (this) {
            case BOOKING -> "BOOKING";
            case ABSENCE -> "ABSENCE";
            case GUARDIAN_CHANGE, ADDRESS_CHANGE, BANK_CHANGE, TAX_CHANGE -> "FAMILY_CHANGE";
            case CHILD_CHANGE, PERMISSIONS_CHANGE, HEALTH_CHANGE, CONTACTS_CHANGE -> "CHILD_CHANGE";
            case DOCUMENT -> "DOCUMENT";
            case NURSERY -> "NURSERY";
            case SUBSCRIPTION -> "SUBSCRIPTION";
            case CONTACT, APPOINTMENT, REPORT -> "MESSAGE";
        };
    }
}
