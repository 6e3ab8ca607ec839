package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.account.AccountEntrance.Activated;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;

/** P2: the link of the activation e-mail. Opening the page changes nothing; its button does. */
@Named
@ViewScoped
public class ActivationPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private AccountEntrance entrance;

    @Inject
    private TownContext town;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    @Inject
    private Redirect redirect;

    @Inject
    private SubscriptionSentences sentences;

    private String token;
    private boolean open;

    public void look() {
        open = token != null && entrance.mayActivate(town.getProfile().id(), token);
    }

    public void activate() {
        String next = acts.once(key.getValue(), this::open);
        if (next != null) {
            redirect.to(next);
        }
    }

    private String open() {
        Optional<Activated> activated = entrance.activate(town.getProfile().id(), token);
        if (activated.isEmpty()) {
            open = false;
            return null;
        }
        notices.tell(Texts.of("activation.done"));
        activated.get().subscription().ifPresent(outcome -> notices.tell(sentences.about(outcome)));
        return "connexion";
    }

    public boolean isOpen() {
        return open;
    }

    public String getToken() {
        return token;
    }

    public void setToken(String token) {
        this.token = token;
    }
}
