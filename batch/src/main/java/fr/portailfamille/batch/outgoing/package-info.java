/** The way in which requests leave over HTTP. What leaves, and in which order, is the matter of the domain. */
package fr.portailfamille.batch.outgoing;
