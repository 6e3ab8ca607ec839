package fr.portailfamille.account;

/** What the list of citizen accounts can be sorted by. */
public enum CitizenAccountSort {
    EMAIL("a.email_key"),
    LAST_NAME("search_text(a.last_name)"),
    FIRST_NAME("search_text(a.first_name)"),
    PARTNER("a.partner_organisation"),
    STATE("a.state"),
    CREATED("a.created_at");

    private final String column;

    CitizenAccountSort(String column) {
        this.column = column;
    }

    /** Ties are broken by the id, so that no row is on two pages. */
    String order(boolean ascending) {
        String direction = ascending ? " asc" : " desc";
        return column + direction + ", a.id" + direction;
    }
}
