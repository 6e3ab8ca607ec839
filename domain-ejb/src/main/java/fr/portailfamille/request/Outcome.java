package fr.portailfamille.request;

/** How a line was decided. */
public enum Outcome {
    ACCEPTED(LineState.ACCEPTED),
    REFUSED(LineState.REFUSED),
    WAITLISTED(LineState.WAITLISTED);

    private final LineState state;

    Outcome(LineState state) {
        this.state = state;
    }

    LineState state() {
        return state;
    }
}
