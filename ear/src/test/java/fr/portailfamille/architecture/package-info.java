/** Rules over all modules of the archive, each with a sample that breaks it; domain-ejb has rules of its own. */
package fr.portailfamille.architecture;
