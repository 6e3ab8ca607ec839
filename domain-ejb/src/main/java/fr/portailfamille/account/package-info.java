/**
 * Citizen accounts: signing up, activation, signing in, passwords ({@link fr.portailfamille.account.AccountEntrance}), and
 * the subscriptions that open a family's pages to them ({@link fr.portailfamille.account.MySubscriptions}).
 *
 * <p>Invariants: one account per address and town; an account works only after its address was confirmed; nobody learns
 * here whether an address is known; a code abonné alone opens nothing.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.account;
