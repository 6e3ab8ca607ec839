package fr.portailfamille.account;

/** How a person is addressed. */
public enum Civility {
    MME,
    M
}
