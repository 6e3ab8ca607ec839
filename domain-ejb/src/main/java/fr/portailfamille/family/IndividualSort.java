package fr.portailfamille.family;

/** What the list of individuals can be sorted by. */
public enum IndividualSort {
    NAME("i.search_name"),
    REF("i.ref"),
    SYNCHRONISED("greatest(i.created_run, i.changed_run)"),
    ROLE("m.role"),
    FAMILY("f.name"),
    ARCHIVED("(m.archived_at is not null or i.archived_at is not null)");

    private final String column;

    IndividualSort(String column) {
        this.column = column;
    }

    /** Ties are broken by the id, so that no row is on two pages. */
    String order(boolean ascending) {
        String direction = ascending ? " asc nulls first" : " desc nulls last";
        return column + direction + ", m.id" + (ascending ? "" : " desc");
    }
}
