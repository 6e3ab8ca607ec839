/**
 * The agents' pages, {@code /backoffice/{town}/…}: how they get in, and the grids. Each page has one small bean; what it
 * shows and does is asked of the boundaries of {@code domain-ejb}, which check the role of the menu again.
 */
package fr.portailfamille.backoffice;
