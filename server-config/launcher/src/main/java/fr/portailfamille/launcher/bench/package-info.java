/** Measurements behind {@code ./portail bench}. */
package fr.portailfamille.launcher.bench;
