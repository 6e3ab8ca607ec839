package fr.portailfamille.backoffice;

import fr.portailfamille.agent.AgentEntrance;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;

/** Asking for a link to choose another password. The answer is the same for every address. */
@Named
@RequestScoped
public class ForgottenPage {

    @Inject
    private AgentEntrance entrance;

    @Inject
    private TownContext town;

    @Inject
    private Notices notices;

    private String email;

    public void send() throws IOException {
        entrance.sendLink(town.getProfile().id(), email);
        notices.tell(Words.of("forgotten.sent"));
        FacesContext.getCurrentInstance().getExternalContext().redirect(town.url(BackofficeRoutes.SIGN_IN));
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }
}
