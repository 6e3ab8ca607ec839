package fr.portailfamille.exchange;

/** Whether an exchange key still opens. */
public enum KeyState {
    ACTIVE,
    REVOKED
}
