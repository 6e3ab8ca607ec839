package fr.portailfamille.account;

/** Whether a citizen account works: not before its address is confirmed, and not once it is disabled. */
public enum AccountState {
    PENDING,
    ACTIVE,
    DISABLED
}
