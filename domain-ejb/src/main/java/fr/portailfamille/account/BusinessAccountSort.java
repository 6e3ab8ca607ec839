package fr.portailfamille.account;

/** What the list of business accounts can be sorted by. */
public enum BusinessAccountSort {
    UNIVERSE("b.universe"),
    ISSUER("b.issuer"),
    CODE("b.account_code"),
    NAME("search_text(" + BusinessAccountReads.NAME + ")"),
    EMAIL("lower(" + BusinessAccountReads.EMAIL + ")"),
    LINKED("s.emails[1]");

    private final String column;

    BusinessAccountSort(String column) {
        this.column = column;
    }

    /** Ties are broken by the id, so that no row is on two pages. */
    String order(boolean ascending) {
        String direction = ascending ? " asc" : " desc";
        return column + direction + " nulls last, b.id" + direction;
    }
}
