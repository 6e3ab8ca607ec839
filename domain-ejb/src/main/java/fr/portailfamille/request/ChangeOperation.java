package fr.portailfamille.request;

/** What is to become of a value. */
public enum ChangeOperation {
    CHANGE,
    ADD,
    REMOVE
}
