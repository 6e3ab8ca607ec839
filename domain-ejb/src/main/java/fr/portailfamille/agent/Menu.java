package fr.portailfamille.agent;

/** The menus of the back-office. A profile opens some of them; each is a role that boundaries ask for. */
public enum Menu {
    COMPTES_CITOYENS,
    COMPTES_METIERS,
    INDIVIDUS,
    PLACES,
    DEMANDES,
    ETAT_DES_TRAITEMENTS,
    CLES_D_ECHANGE,
    NOTIFICATIONS;

    /** The role that every agent has, whatever the profiles. */
    public static final String AGENT = "AGENT";

    private static final String PREFIX = "MENU_";

    public String role() {
        return PREFIX + name();
    }
}
