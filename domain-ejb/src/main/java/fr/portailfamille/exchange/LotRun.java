package fr.portailfamille.exchange;

/**
 * One attempt at applying one lot.
 *
 * @param lot the lot's key in the town
 * @param attempt what an earlier attempt still writes is refused
 */
public record LotRun(int town, long lot, long run, int attempt) {}
