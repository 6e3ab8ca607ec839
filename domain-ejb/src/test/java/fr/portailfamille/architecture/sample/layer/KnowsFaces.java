package fr.portailfamille.architecture.sample.layer;

import jakarta.faces.context.FacesContext;

class KnowsFaces {
    boolean posted() {
        return FacesContext.getCurrentInstance().isPostback();
    }
}
