package fr.portailfamille.request;

/** What a list of requests can be sorted by. */
public enum RequestSort {
    REF("r.ref"),
    DATE("r.submitted_at"),
    ACCOUNT("a.search_name"),
    EMAIL("a.email_key"),
    TYPE("r.type"),
    STATE("r.state");

    private final String column;

    RequestSort(String column) {
        this.column = column;
    }

    /** Ties are broken by the id, so that no row is on two pages. */
    String order(boolean ascending) {
        String direction = ascending ? " asc" : " desc";
        return column + direction + ", r.id" + direction;
    }
}
