package fr.portailfamille.backoffice;

import fr.portailfamille.web.RequestKey;
import jakarta.faces.context.FacesContext;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The key of an act that a page offers many times over. It is drawn when the page shows the button and comes back with
 * the click: the second of a double click waits in the browser until the first is answered, and would find another key
 * in the page by then.
 */
final class Clicked {

    /** The parameter that buttons send it as. */
    static final String NAME = "acte";

    private Clicked() {}

    /**
     * The key of the click for this thing, as a click on the next thing is another act; the page's own where the click
     * brings none.
     */
    static UUID key(RequestKey page, Object thing) {
        String sent = text(NAME);
        String drawn = sent == null ? page.getValue().toString() : sent;
        return UUID.nameUUIDFromBytes((drawn + ' ' + thing).getBytes(StandardCharsets.UTF_8));
    }

    /** What the click says under that name; null where it says nothing. */
    static String text(String name) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get(name);
    }
}
