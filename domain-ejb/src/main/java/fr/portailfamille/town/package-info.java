/**
 * The towns (collectivités) of this deployment: their codes, names, colours and settings. Opening one draws its data key.
 *
 * <p>Invariant: a code never changes and is never given again.
 */
package fr.portailfamille.town;
