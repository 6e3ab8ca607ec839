/**
 * Bookings: one child, one schedule, one day. What a family sees of a week, what it may ask for and until when, and what
 * the portal decides at once.
 *
 * <p>Invariants: display and save ask the same list of rules; a place is taken before a booking holds one and never beyond
 * a capacity, of a schedule or a pool; the same submission key is one request; a child, schedule and day have one row.
 * Who waits for a place is served in order, by a sweep, and nobody overtakes. Locks are taken in one order: the children
 * asked for, their booking rows, then the counters by (day, counter), requests, and what is due for waiting lists.
 */
package fr.portailfamille.booking;
