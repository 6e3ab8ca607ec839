/**
 * The demonstration town Saint-Exemple: a town that does not exist, with people who do not exist, as exchange lots whose
 * dates follow the day on which it is opened, and what opens it on a running server.
 *
 * <p>The lots are CSV templates under {@code resources/demonstration}; {@link
 * fr.portailfamille.launcher.demonstration.RowTemplate} explains their placeholders.
 */
package fr.portailfamille.launcher.demonstration;
