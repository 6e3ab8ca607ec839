package fr.portailfamille.request;

/** What the history of a request tells. */
public enum EventKind {
    SUBMITTED,
    TRANSMITTED,
    ACCEPTED,
    REFUSED,
    WAITLISTED,
    WITHDRAWN
}
