package fr.portailfamille.architecture.sample.cycle.one;

import fr.portailfamille.architecture.sample.cycle.two.Second;

public class First {
    Second second = new Second();
}
