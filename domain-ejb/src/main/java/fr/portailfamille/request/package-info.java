/**
 * Requests (demandes): what a family sent in one go, line by line, with the history of each and every decision.
 *
 * <p>Invariants: a reference is drawn at random and never used again; the state of a request follows from its lines; each
 * change of a line is an event of the history; each decision is a row of {@code decision}, recorded in the transaction
 * that made it, so that exactly one digest tells of it. This feature knows nothing of bookings: whoever decides a line
 * moves the booking itself.
 */
package fr.portailfamille.request;
