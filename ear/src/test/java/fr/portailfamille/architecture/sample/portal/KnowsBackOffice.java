package fr.portailfamille.architecture.sample.portal;

import fr.portailfamille.architecture.sample.backoffice.KnowsPortal;

public class KnowsBackOffice {
    Class<?> other = KnowsPortal.class;
}
