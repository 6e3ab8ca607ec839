package fr.portailfamille.request;

/**
 * A request that is about no booking got a decision, whoever made it. Fired in the transaction that records
 * it, once per request, after its rows have reached the database; what observers write commits or falls with it.
 * Decisions on bookings and absences are told by the next digest instead.
 */
public record RequestDecided(int town, long requestId) {}
