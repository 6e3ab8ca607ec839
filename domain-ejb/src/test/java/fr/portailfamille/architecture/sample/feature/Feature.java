package fr.portailfamille.architecture.sample.feature;

public class Feature {}
