/**
 * The pages of the families. One small bean per page; what a page may show or do is decided by the boundaries it calls.
 */
package fr.portailfamille.portal;
