/**
 * What can be said of a lot from its files alone: without a database, without a server, in constant memory. Uses the same
 * inspection, formats and sentences as the reception of lots; says nothing that the portal would not say, and leaves to it
 * what only it can know (references to what it received earlier, dates of schedules, places).
 */
package fr.portailfamille.exchange.check;
