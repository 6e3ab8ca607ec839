package fr.portailfamille.activity;

/**
 * A schedule with what families read of it.
 *
 * @param decidedAtOnce whether the portal decides by itself; otherwise the business application does
 */
public record Offer(Schedule schedule, String activity, String facility, boolean decidedAtOnce, int order) {

    public long id() {
        return schedule.id();
    }
}
