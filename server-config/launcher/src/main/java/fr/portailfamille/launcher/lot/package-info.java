/** Lots of the exchange as a business application packs them, for the demonstration, tests and drills. */
package fr.portailfamille.launcher.lot;
