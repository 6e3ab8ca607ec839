/**
 * The sweep of waiting lists: it finds the days that are due, on any node. Who is served, and in which order, is the matter
 * of {@link fr.portailfamille.booking.WaitingDesk}.
 */
package fr.portailfamille.batch.waiting;
