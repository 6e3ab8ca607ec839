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

    private final String expression;

    RunSort(String expression) {
        this.expression = expression;
    }

    String orderBy(boolean ascending) {
        String direction = ascending ? "asc" : "desc";
        return expression + " " + direction + " nulls last, r.id " + direction;
    }
}
