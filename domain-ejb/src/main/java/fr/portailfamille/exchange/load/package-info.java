/**
 * How a lot gets from its ZIP into the live tables: cells to staging tables by COPY, staging tables to verdicts, verdicts
 * to inserts and updates. All statements are made from {@link fr.portailfamille.exchange.format.Formats}, but those of
 * bookings, whose places are counted. Runs in the caller's transaction and town.
 */
package fr.portailfamille.exchange.load;
