package fr.portailfamille.backoffice;

import jakarta.faces.context.FacesContext;

/** What the address narrows a page to. */
final class Addressed {

    private Addressed() {}

    /** The number of that name in the address; null where there is none, or something else. */
    static Long number(String name) {
        String text = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get(name);
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
