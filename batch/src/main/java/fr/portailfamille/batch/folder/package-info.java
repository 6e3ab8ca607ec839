/**
 * The drop folder, for business applications that speak no HTTP: {@code {folder}/{town}/in} takes lots,
 * {@code {folder}/{town}/out} offers requests, one lot after the other. One node at a time looks after a town's folder.
 * What is taken and what is offered stands in the database; a crash at any place is made up for by the next look.
 */
package fr.portailfamille.batch.folder;
