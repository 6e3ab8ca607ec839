package fr.portailfamille.backoffice;

import fr.portailfamille.agent.AgentEntrance;
import fr.portailfamille.agent.AgentEntrance.Link;
import fr.portailfamille.agent.AgentEntrance.NewPassword;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Map;

/** Where the links of e-mails lead: the agent chooses a password. Opening the page uses nothing up. */
@Named
@RequestScoped
public class LinkPage {

    static final String ACTIVATION = "activation";
    static final String NEW_PASSWORD = "nouveau-mot-de-passe";

    @Inject
    private AgentEntrance entrance;

    @Inject
    private TownContext town;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    private Link link;
    private String token;
    private String login;
    private boolean over;
    private String password;
    private String again;

    /** The token comes with the link, later with the form, so that a page left open too long still has it. */
    @PostConstruct
    void open() {
        Map<String, String> sent =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        token = sent.getOrDefault("jeton", sent.getOrDefault("token", ""));
        link = town.getRoute().equals(ACTIVATION) ? Link.ACTIVATION : Link.FORGOTTEN_PASSWORD;
        login = entrance.login(town.getProfile().id(), link, token).orElse(null);
        // The second of two clicks finds the link used up by the first, and must still be led on like it.
        over = login == null && !FacesContext.getCurrentInstance().isPostback();
    }

    public void choose() throws IOException {
        if (!password.equals(again)) {
            notices.refuse("again", Words.of("password.different"));
            return;
        }
        String next = acts.once(key.getValue(), this::change);
        if (next != null) {
            FacesContext.getCurrentInstance().getExternalContext().redirect(town.url(next));
        }
    }

    private String change() {
        NewPassword outcome = entrance.choosePassword(town.getProfile().id(), link, token, password);
        if (outcome instanceof NewPassword.Weak weak) {
            weak.flaws().forEach(flaw -> notices.refuse("password", Words.of("password." + flaw)));
            return null;
        }
        if (outcome instanceof NewPassword.LinkOver) {
            over = true;
            return null;
        }
        notices.tell(Words.of(isActivation() ? "activation.done" : "newPassword.done"));
        return BackofficeRoutes.SIGN_IN;
    }

    public boolean isActivation() {
        return link == Link.ACTIVATION;
    }

    /** Whether the link does not work any more. */
    public boolean isOver() {
        return over;
    }

    /** The login that the link belongs to. */
    public String getLogin() {
        return login;
    }

    public String getToken() {
        return token;
    }

    public void setToken(String token) {
        this.token = token;
    }

    public String getPassword() {
        return null;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getAgain() {
        return null;
    }

    public void setAgain(String again) {
        this.again = again;
    }
}
