package fr.portailfamille.family;

/** What a person is in a family. */
public enum IndividualRole {
    CHILD,
    GUARDIAN,
    PARTNER
}
