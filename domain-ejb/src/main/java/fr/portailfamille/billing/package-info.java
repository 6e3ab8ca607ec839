/**
 * Invoices, their lines, payments, how these are allocated to invoices, and other entries of the ledger: what Enfance
 * bills and collects, filled by lots of the flow {@code billing}.
 *
 * <p>Invariants: amounts are whole cents; what is allocated of a payment is never more than what was collected (the
 * database refuses it); an invoice's PDF is one of {@code document}'s; nothing is deleted, what a full lot lacks is
 * archived, and the lines of an invoice are always those of the last lot that named it.
 */
package fr.portailfamille.billing;
