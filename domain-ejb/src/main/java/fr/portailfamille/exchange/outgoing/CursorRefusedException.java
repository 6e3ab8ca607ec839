package fr.portailfamille.exchange.outgoing;

import jakarta.ejb.ApplicationException;

/** A cursor or limit that cannot be served. The message is for the business application's people, in English. */
@ApplicationException(rollback = true)
public class CursorRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong; the name is the code of the problem document. */
    public enum Code {
        BAD_CURSOR,
        BAD_LIMIT,
        /** Well formed, but never handed out to this town. */
        UNKNOWN_CURSOR,
        /** A later one was acknowledged before. */
        OLDER_CURSOR
    }

    private final Code code;

    CursorRefusedException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
