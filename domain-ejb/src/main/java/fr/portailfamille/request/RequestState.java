package fr.portailfamille.request;

import java.util.Collection;

/** The state of a request, which follows from those of its lines. */
public enum RequestState {
    IN_PROGRESS,
    ACCEPTED,
    PARTLY_ACCEPTED,
    REFUSED,
    WITHDRAWN;

    /** Lines that were withdrawn do not count unless all were. */
    static RequestState of(Collection<LineState> lines) {
        if (lines.stream().anyMatch(LineState::open)) {
            return IN_PROGRESS;
        }
        boolean accepted = lines.contains(LineState.ACCEPTED);
        boolean refused = lines.contains(LineState.REFUSED);
        if (accepted) {
            return refused ? PARTLY_ACCEPTED : ACCEPTED;
        }
        return refused ? REFUSED : WITHDRAWN;
    }
}
