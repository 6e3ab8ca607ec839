package fr.portailfamille.exchange.format;

import jakarta.ejb.ApplicationException;
import org.jspecify.annotations.Nullable;

/** A lot cannot be taken as a whole. The code is one of the contract's. */
@ApplicationException(rollback = true)
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String file;
    private final @Nullable Long line;
    private final @Nullable String column;
    private final @Nullable String detail;

    public RefusedException(
            String code, @Nullable String file, @Nullable Long line, @Nullable String column, @Nullable String detail) {
        super(code + " " + file + (line == null ? "" : ":" + line) + (detail == null ? "" : " " + detail));
        this.code = code;
        this.file = file;
        this.line = line;
        this.column = column;
        this.detail = detail;
    }

    public String code() {
        return code;
    }

    public @Nullable String file() {
        return file;
    }

    public @Nullable Long line() {
        return line;
    }

    public @Nullable String column() {
        return column;
    }

    public @Nullable String detail() {
        return detail;
    }
}
