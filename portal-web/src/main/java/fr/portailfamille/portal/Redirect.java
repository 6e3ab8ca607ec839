package fr.portailfamille.portal;

import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Leads to another page of the town after an act, so that a reload does not repeat it. */
@RequestScoped
public class Redirect {

    @Inject
    private TownContext town;

    public void to(String path) {
        go(town.url(path));
    }

    /** To the page that was wanted before signing in. */
    public void onwards(String wanted) {
        go(town.onwards(wanted));
    }

    private static void go(String url) {
        try {
            FacesContext.getCurrentInstance().getExternalContext().redirect(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
