package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.common.Email;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Asking for an e-mail with a link: a forgotten password, or an activation that got lost. */
@Named
@RequestScoped
public class LinkPage {

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

    private String email;

    public void send() {
        if (Email.of(email).isEmpty()) {
            notices.refuse("email", Texts.of("email.form"));
            return;
        }
        redirect.to(acts.once(key.getValue(), () -> {
            entrance.sendLink(town.getProfile().id(), email);
            return "mot-de-passe-oublie/confirmation";
        }));
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }
}
