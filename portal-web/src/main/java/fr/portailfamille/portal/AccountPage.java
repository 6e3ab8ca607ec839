package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.account.Civility;
import fr.portailfamille.account.MyAccount;
import fr.portailfamille.account.PasswordChange;
import fr.portailfamille.common.Caller;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.Visitor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;

/** P4: « Mon compte », name and password. */
@Named
@RequestScoped
public class AccountPage {

    private static final String HERE = "mon-espace/mon-compte";

    @Inject
    private MyAccount account;

    @Inject
    private PasswordChange passwordChange;

    @Inject
    private AccountEntrance entrance;

    @Inject
    private Visitor visitor;

    @Inject
    private Notices notices;

    @Inject
    private Redirect redirect;

    @Inject
    private HttpServletRequest request;

    private String email;
    private Civility civility;
    private String lastName;
    private String firstName;
    private String presentPassword;
    private String password;
    private String passwordAgain;

    @PostConstruct
    void load() {
        MyAccount.Identity identity = account.identity();
        email = identity.email();
        civility = identity.civility();
        lastName = identity.lastName();
        firstName = identity.firstName();
    }

    public void rename() {
        account.rename(civility, lastName.strip(), firstName.strip());
        goOn();
        notices.tell(Texts.of("account.renamed"));
        redirect.to(HERE);
    }

    public void changePassword() {
        if (!password.equals(passwordAgain)) {
            notices.refuse("passwordAgain", Texts.of("password.differs"));
            return;
        }
        PasswordChange.Outcome outcome = passwordChange.change(presentPassword, password);
        if (outcome instanceof PasswordChange.Outcome.WrongPassword) {
            notices.refuse("presentPassword", Texts.of("account.wrongPassword"));
        } else if (outcome instanceof PasswordChange.Outcome.Weak weak) {
            notices.refuse("password", Texts.flaws(weak.flaws()));
        } else {
            goOn();
            notices.tell(Texts.of("account.passwordChanged"));
            redirect.to(HERE);
        }
    }

    /** Every session of the account is over with the change but this one, which gets a new id and the new stamp. */
    private void goOn() {
        Caller.of(request.getUserPrincipal())
                .flatMap(entrance::recall)
                .map(CitizenAuthentication::session)
                .ifPresent(visitor::enter);
    }

    public Civility[] getCivilities() {
        return Civility.values();
    }

    public String getEmail() {
        return email;
    }

    public Civility getCivility() {
        return civility;
    }

    public void setCivility(Civility civility) {
        this.civility = civility;
    }

    public String getLastName() {
        return lastName;
    }

    public void setLastName(String lastName) {
        this.lastName = lastName;
    }

    public String getFirstName() {
        return firstName;
    }

    public void setFirstName(String firstName) {
        this.firstName = firstName;
    }

    public String getPresentPassword() {
        return presentPassword;
    }

    public void setPresentPassword(String presentPassword) {
        this.presentPassword = presentPassword;
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
