package fr.portailfamille.architecture.sample.cycle.two;

import fr.portailfamille.architecture.sample.cycle.one.First;

public class Second {
    Class<?> back = First.class;
}
