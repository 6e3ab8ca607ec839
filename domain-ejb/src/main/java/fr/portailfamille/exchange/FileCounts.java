package fr.portailfamille.exchange;

/** What became of the rows of one file of a lot. */
public record FileCounts(String file, long received, RowCounts counts) {}
