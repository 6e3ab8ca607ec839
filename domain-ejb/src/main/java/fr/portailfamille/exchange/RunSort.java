package fr.portailfamille.exchange;

/** What a list of runs can be ordered by; ties are broken by the order of the runs. */
public enum RunSort {
    STARTED("r.started_at"),
    DURATION("r.ended_at - r.started_at"),
    PROGRESS("r.progress"),
    UNIVERSE("r.universe"),
    TYPE("r.type"),
    RECEIVED("r.received"),
    RESULT("r.result");

    /** Orders columns that are never null as the index does; anything else would sort all runs for one page. */
    private static final String STARTED_AT = "r.started_at";

    private final String expression;

    RunSort(String expression) {
        this.expression = expression;
    }

    String orderBy(boolean ascending) {
        String direction = ascending ? "asc" : "desc";
        String nulls = expression.equals(STARTED_AT) ? "" : " nulls last";
        return expression + " " + direction + nulls + ", r.id " + direction;
    }
}
