package fr.portailfamille.activity;

/**
 * A schedule with what families read of it.
 *
 * @param decidedAtOnce whether the portal decides by itself; otherwise the business application does
 * @param offered false where activity or facility is archived: what is booked stays, nothing is booked any more
 */
public record Offer(
        Schedule schedule, String activity, String facility, boolean decidedAtOnce, boolean offered, int order) {

    public long id() {
        return schedule.id();
    }
}
