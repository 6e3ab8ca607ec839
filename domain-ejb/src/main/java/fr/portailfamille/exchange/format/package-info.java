/**
 * The exchange format, version 1, as data: which flows there are, their files, the columns of each with their kinds, and
 * how a cell is read. Knows neither database nor server; parsing, staging and merging are all driven by
 * {@link fr.portailfamille.exchange.format.Formats}.
 */
package fr.portailfamille.exchange.format;
