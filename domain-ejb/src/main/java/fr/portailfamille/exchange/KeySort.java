package fr.portailfamille.exchange;

/** What the list of exchange keys can be ordered by; ties are broken by the order in which they were made. */
public enum KeySort {
    NAME("lower(k.name)"),
    STATE("k.revoked_at"),
    MADE("k.created_at"),
    USED("k.last_used_at");

    private final String expression;

    KeySort(String expression) {
        this.expression = expression;
    }

    String orderBy(boolean ascending) {
        String direction = ascending ? "asc nulls first" : "desc nulls last";
        return expression + " " + direction + ", k.id desc";
    }
}
