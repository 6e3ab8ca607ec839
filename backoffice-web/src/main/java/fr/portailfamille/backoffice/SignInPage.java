package fr.portailfamille.backoffice;

import fr.portailfamille.agent.AgentEntrance;
import fr.portailfamille.agent.AgentEntrance.SignIn;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.TownContext;
import fr.portailfamille.web.Visitor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Map;

/** Signing in. */
@Named
@RequestScoped
public class SignInPage {

    @Inject
    private AgentEntrance entrance;

    @Inject
    private TownContext town;

    @Inject
    private Visitor visitor;

    @Inject
    private Notices notices;

    private String email;
    private String password;
    private String back;

    /** Where to after signing in: told by the address, later by the form. */
    @PostConstruct
    void open() {
        Map<String, String> sent = external().getRequestParameterMap();
        back = sent.getOrDefault("retour", sent.get("back"));
    }

    public void signIn() throws IOException {
        SignIn outcome = entrance.signIn(town.getProfile().id(), email, password, visitor.getMachine());
        if (outcome instanceof SignIn.Accepted accepted) {
            visitor.enter(AgentAuthentication.session(accepted.session()));
            external().redirect(town.onwards(back));
        } else {
            notices.refuse(Words.of(outcome instanceof SignIn.Throttled ? "signIn.throttled" : "signIn.refused"));
        }
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getPassword() {
        return null;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getBack() {
        return back;
    }

    public void setBack(String back) {
        this.back = back;
    }
}
