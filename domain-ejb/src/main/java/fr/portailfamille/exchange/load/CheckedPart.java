package fr.portailfamille.exchange.load;

/**
 * Rows of a file that were checked and can be merged.
 *
 * @param verdicts on these rows, but of the last of a file's parts on the whole file
 */
public record CheckedPart(FileVerdicts verdicts, Lines lines) {}
