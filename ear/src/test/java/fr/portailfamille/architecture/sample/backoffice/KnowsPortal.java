package fr.portailfamille.architecture.sample.backoffice;

import fr.portailfamille.architecture.sample.portal.KnowsBackOffice;

public class KnowsPortal {
    Class<?> other = KnowsBackOffice.class;
}
