/**
 * Nobody reaches what is another family's or another town's, whatever address, parameter or form is tried. The sweeps ask
 * the route tables and resources themselves what there is to try: a new page without a case in {@code *Cases} fails them.
 */
package fr.portailfamille.isolation;
