package fr.portailfamille.request;

/** What a line asks for. */
public enum LineKind {
    BOOKING,
    CHANGE,
    UPLOAD
}
