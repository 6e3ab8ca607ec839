package fr.portailfamille.exchange;

/**
 * A lot that is safely stored.
 *
 * @param known it had been received before: nothing was stored anew
 */
public record Receipt(LotStatus status, boolean known) {}
