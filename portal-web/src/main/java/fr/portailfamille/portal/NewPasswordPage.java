package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.account.AccountEntrance.NewPassword;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;

/** P2: the link of the e-mail for a new password. */
@Named
@ViewScoped
public class NewPasswordPage implements Serializable {

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

    private String token;
    private boolean open;
    private transient String password;
    private transient String passwordAgain;

    public void look() {
        open = token != null && entrance.mayChoosePassword(town.getProfile().id(), token);
    }

    public void choose() {
        if (!password.equals(passwordAgain)) {
            notices.refuse("passwordAgain", Texts.of("password.differs"));
            return;
        }
        String next = acts.once(key.getValue(), this::change);
        if (next != null) {
            redirect.to(next);
        }
    }

    private String change() {
        NewPassword outcome = entrance.choosePassword(town.getProfile().id(), token, password);
        if (outcome instanceof NewPassword.Weak weak) {
            notices.refuse("password", Texts.flaws(weak.flaws()));
            return null;
        }
        if (outcome instanceof NewPassword.LinkOver) {
            open = false;
            return null;
        }
        notices.tell(Texts.of("newPassword.done"));
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

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getPasswordAgain() {
        return passwordAgain;
    }

    public void setPasswordAgain(String passwordAgain) {
        this.passwordAgain = passwordAgain;
    }
}
