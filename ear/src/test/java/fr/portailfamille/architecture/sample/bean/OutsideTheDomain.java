package fr.portailfamille.architecture.sample.bean;

import jakarta.ejb.Stateless;

@Stateless
class OutsideTheDomain {}
