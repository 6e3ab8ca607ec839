/**
 * What programs ask of the portal under {@code /exchange}: the exchange with business applications, and the operator's
 * acts. Everything needs a bearer key; no cookie is ever set; errors are problem documents (RFC 9457).
 */
package fr.portailfamille.batch;
