package fr.portailfamille.exchange.check;

/**
 * The rows of one file.
 *
 * @param rejected rows that the portal would certainly reject
 * @param warnings of rows that are taken all the same
 * @param elsewhere references to rows of a file that the lot does not bring: only the portal knows whether it has them
 */
public record FileTally(String file, long rows, long rejected, long warnings, long elsewhere) {}
