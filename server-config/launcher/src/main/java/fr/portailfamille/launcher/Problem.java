package fr.portailfamille.launcher;

/** Something the person at the keyboard can put right. The message says what and how; there is no stack trace. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Problem(String message) {
        super(message);
    }

    public Problem(String message, Throwable cause) {
        super(message, cause);
    }
}
