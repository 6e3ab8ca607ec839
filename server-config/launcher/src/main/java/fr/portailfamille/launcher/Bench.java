package fr.portailfamille.launcher;

/** A measurement, behind {@code ./portail bench NAME}. It prints what it measured beside what was to be reached. */
public interface Bench extends Trial {}
