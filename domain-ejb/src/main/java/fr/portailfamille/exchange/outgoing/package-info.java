/**
 * The way out: what families asked for, as lots that the business application fetches. Owns the positions of dispatches,
 * the cut of lots and what was acknowledged.
 *
 * <p>Invariants: a position is given under the lock of the town's {@code dispatch_state}, to dispatches that have
 * committed, and never changes; so a lot once cut holds the same rows for ever, none is skipped, and what a family did
 * later stands later. A request reference stands once in a lot. What was acknowledged never becomes unacknowledged.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.exchange.outgoing;
