/** What no reviewer should have to look for: the architecture's rules, each with a sample that breaks it. */
package fr.portailfamille.architecture;
