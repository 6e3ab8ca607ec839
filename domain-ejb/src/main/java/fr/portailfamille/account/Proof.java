package fr.portailfamille.account;

/** What showed that an account may see a family. */
enum Proof {
    KNOWN_EMAIL,
    CHILD_BIRTH_DATE,
    /** The town decided: its agents, or those who use its business application. */
    AGENT
}
