package fr.portailfamille.exchange.format;

import org.jspecify.annotations.Nullable;

/**
 * What one cell was read as: a value (null = empty), or a fault, and perhaps a warning. Used anew for each cell, since
 * there are millions.
 */
public final class Cell {

    private @Nullable String value;
    private @Nullable FaultCode fault;
    private @Nullable String detail;
    private @Nullable FaultCode warning;

    Cell read(@Nullable String normal) {
        value = normal;
        fault = null;
        detail = null;
        warning = null;
        return this;
    }

    Cell reject(FaultCode code, @Nullable String why) {
        value = null;
        fault = code;
        detail = why;
        warning = null;
        return this;
    }

    Cell warn(FaultCode code) {
        warning = code;
        return this;
    }

    /** In the form that PostgreSQL takes; null = empty. */
    public @Nullable String value() {
        return value;
    }

    public @Nullable FaultCode fault() {
        return fault;
    }

    /** Completes the reason; never what stood in the cell. */
    public @Nullable String detail() {
        return detail;
    }

    public @Nullable FaultCode warning() {
        return warning;
    }
}
