package fr.portailfamille.architecture.sample.common;

import fr.portailfamille.architecture.sample.feature.Feature;

class KnowsFeature {
    Feature feature = new Feature();
}
