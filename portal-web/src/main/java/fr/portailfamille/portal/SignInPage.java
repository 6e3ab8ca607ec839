package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.account.AccountEntrance.SignIn;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.TownContext;
import fr.portailfamille.web.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** P3: signing in, on a page of its own and in the box of the home page. */
@Named
@RequestScoped
public class SignInPage {

    @Inject
    private AccountEntrance entrance;

    @Inject
    private TownContext town;

    @Inject
    private Visitor visitor;

    @Inject
    private Notices notices;

    @Inject
    private Redirect redirect;

    private String email;
    private String password;
    private String wanted;

    public void signIn() {
        SignIn outcome = entrance.signIn(town.getProfile().id(), email, password, visitor.getMachine());
        if (outcome instanceof SignIn.Accepted accepted) {
            visitor.enter(CitizenAuthentication.session(accepted.session()));
            if (accepted.silent() && wanted != null && !wanted.isBlank()) {
                // The home page shows more of it; whoever goes elsewhere would not learn of it.
                notices.warn(Texts.of("signIn.silent", email.strip()));
            }
            redirect.onwards(wanted);
        } else if (outcome instanceof SignIn.NotActivated) {
            notices.refuse(Texts.of("signIn.notActivated"));
        } else if (outcome instanceof SignIn.Throttled) {
            notices.refuse(Texts.of("signIn.throttled"));
        } else {
            notices.refuse(Texts.of("signIn.refused"));
        }
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getWanted() {
        return wanted;
    }

    public void setWanted(String wanted) {
        this.wanted = wanted;
    }
}
