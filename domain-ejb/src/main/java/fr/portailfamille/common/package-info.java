/**
 * What every feature stands on: who calls ({@link Caller}), in which town ({@link CurrentTown}, {@link TownGate}),
 * at what time ({@link PortalClock}), and the secrets of a town ({@link TownVaults}). Knows no feature.
 *
 * <p>Invariant: no statement reaches a walled table unless {@link TownWall} has bound its transaction to one town.
 */
package fr.portailfamille.common;
