/**
 * Activities as facilities offer them: when a schedule is open and until when a day can be booked or cancelled. The tables
 * are filled by the exchange alone; here they are read.
 *
 * <p>Invariants: a day is open by one order of precedence (its own date, closure, public holiday, weekday); a deadline is
 * an instant in the town's zone and the day can be asked for while now is not after it. Everything in this package but
 * {@link fr.portailfamille.activity.ActivityReads} is plain Java without a clock.
 */
package fr.portailfamille.activity;
