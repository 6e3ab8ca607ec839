package fr.portailfamille.architecture.sample.naming;

class FamilyManager {}
