package fr.portailfamille.request;

/** Who asked. */
public enum RequestOrigin {
    FAMILY,
    AGENT,
    PORTAL
}
