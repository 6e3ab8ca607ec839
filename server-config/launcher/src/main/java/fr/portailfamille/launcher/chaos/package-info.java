/** Drills: an instance is fed while its processes are killed, and must end as one that was left in peace. */
package fr.portailfamille.launcher.chaos;
