package fr.portailfamille.launcher;

/**
 * A sweep of faults, behind {@code ./portail chaos NAME}: kills, lost connections, full disks. It prints the seed that
 * draws the same faults again.
 */
public interface Chaos extends Trial {}
