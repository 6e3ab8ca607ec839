package fr.portailfamille.request;

/**
 * A request was written, with all its lines and whatever was decided at once. Fired in the transaction that writes it,
 * after its rows have reached the database (flush entities first): observers read them with SQL, and what they write
 * commits or falls with the request.
 */
public record RequestSubmitted(int town, long requestId) {}
