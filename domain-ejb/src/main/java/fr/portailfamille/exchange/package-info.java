/**
 * The exchange with the business application: lots received, staged, validated, merged and reported; keys; and the runs
 * as agents see them in « État des traitements ».
 *
 * <p>Invariants: a lot is merged in one transaction or not at all; a sequence of a flow is used up once; imports write
 * only columns that come from the lot, never those that agents or families edit; an unchanged row writes nothing.
 */
package fr.portailfamille.exchange;
