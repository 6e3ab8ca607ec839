/** Invoices in the container: what comes out of them, and for whom. */
package fr.portailfamille.billing;
