/**
 * The job {@code import-lot} and the way lots come in over HTTP. A dispatcher starts one job at a time per town, on the node
 * that holds the town's lease, and takes up again what a crash interrupted. What the steps do is the matter of
 * {@link fr.portailfamille.exchange.LotSteps}.
 */
package fr.portailfamille.batch.lot;
