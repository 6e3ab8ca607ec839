package fr.portailfamille.exchange.format;

/** Codes of rejected rows, as the contract names them, and of warnings. */
public enum FaultCode {
    MISSING,
    BAD_DATE,
    BAD_TIME,
    BAD_NUMBER,
    BAD_VALUE,
    TOO_LONG,
    DUPLICATE_KEY,
    UNKNOWN_REFERENCE,
    PARENT_REJECTED,
    OUT_OF_PERIOD,
    BAD_IBAN,
    WRONG_FIELD_COUNT,
    ERASED,
    BAD_DOCUMENT,

    BAD_PHONE(true),
    BAD_EMAIL(true),
    UNKNOWN_COLUMN(true),
    NO_REGISTRATION(true),
    CLOSED_DAY(true),
    OVER_CAPACITY(true),
    NEWER_ON_PORTAL(true),
    LINE_WITHDRAWN(true),
    UNKNOWN_CODE(true),
    UNUSED_DOCUMENT(true);

    private final boolean warning;

    FaultCode() {
        this(false);
    }

    FaultCode(boolean warning) {
        this.warning = warning;
    }

    /** Whether the row is taken all the same. */
    public boolean warning() {
        return warning;
    }

    /** Whether it is told of the first row of a file only: it would be the same of all others. */
    public boolean oncePerFile() {
        return this == UNUSED_DOCUMENT;
    }
}
