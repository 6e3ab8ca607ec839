package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.account.AccountEntrance.Registration;
import fr.portailfamille.account.Civility;
import fr.portailfamille.account.RobotCheck;
import fr.portailfamille.account.SignUp;
import fr.portailfamille.account.SubscriptionCode;
import fr.portailfamille.common.Email;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import fr.portailfamille.web.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.Optional;

/** P2: « Créer un compte ». */
@Named
@RequestScoped
public class SignUpPage {

    private static final String DONE = "creer-un-compte/confirmation";

    @Inject
    private AccountEntrance entrance;

    @Inject
    private RobotCheck robots;

    @Inject
    private TownContext town;

    @Inject
    private Visitor visitor;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    @Inject
    private Redirect redirect;

    private RobotCheck.Puzzle puzzle;
    private Civility civility;
    private String lastName;
    private String firstName;
    private String email;
    private String password;
    private String passwordAgain;
    private String code;
    private LocalDate childBirthDate;
    private boolean terms;
    private String robotAnswer;

    public void signUp() {
        String next = acts.once(key.getValue(), this::register);
        if (next != null) {
            redirect.to(next);
        }
    }

    /** Every flaw of the form is told in one go. */
    private String register() {
        Optional<Email> address = Email.of(email);
        if (address.isEmpty()) {
            notices.refuse("email", Texts.of("email.form"));
        }
        if (!password.equals(passwordAgain)) {
            notices.refuse("passwordAgain", Texts.of("password.differs"));
        }
        Optional<SubscriptionCode> subscriptionCode = SubscriptionCode.of(code);
        if (code != null && subscriptionCode.isEmpty()) {
            notices.refuse("code", Texts.of("code.form"));
        }
        if (childBirthDate != null && code == null) {
            notices.refuse("code", Texts.of("code.missing"));
        }
        if (!terms) {
            notices.refuse("terms", Texts.of("signUp.terms.missing"));
        }
        if (FacesContext.getCurrentInstance().isValidationFailed()) {
            return null;
        }
        if (!robots.accepts(town.getProfile().id(), robotAnswer == null ? "" : robotAnswer)) {
            notices.refuse(Texts.of("robot.refused"));
            return null;
        }
        return register(new SignUp(
                civility,
                lastName.strip(),
                firstName.strip(),
                address.get(),
                password,
                subscriptionCode,
                Optional.ofNullable(childBirthDate)));
    }

    private String register(SignUp form) {
        Registration outcome = entrance.signUp(town.getProfile().id(), form, visitor.getMachine());
        if (outcome instanceof Registration.Weak weak) {
            notices.refuse("password", Texts.flaws(weak.flaws()));
        } else if (outcome instanceof Registration.Throttled) {
            notices.refuse(Texts.of("signUp.throttled"));
        } else {
            return DONE;
        }
        return null;
    }

    public RobotCheck.Puzzle getPuzzle() {
        if (puzzle == null) {
            puzzle = robots.puzzle(town.getProfile().id());
        }
        return puzzle;
    }

    public Civility[] getCivilities() {
        return Civility.values();
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

    public String getPasswordAgain() {
        return passwordAgain;
    }

    public void setPasswordAgain(String passwordAgain) {
        this.passwordAgain = passwordAgain;
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public LocalDate getChildBirthDate() {
        return childBirthDate;
    }

    public void setChildBirthDate(LocalDate childBirthDate) {
        this.childBirthDate = childBirthDate;
    }

    public boolean isTerms() {
        return terms;
    }

    public void setTerms(boolean terms) {
        this.terms = terms;
    }

    /** Never shown again: each answer serves once. */
    public String getRobotAnswer() {
        return null;
    }

    public void setRobotAnswer(String robotAnswer) {
        this.robotAnswer = robotAnswer;
    }
}
