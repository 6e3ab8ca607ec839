/** The exchange as a vendor sees it: over HTTP, on the instance of {@code ./portail test}. */
package fr.portailfamille.exchange;
