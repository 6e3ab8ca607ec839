package fr.portailfamille.backoffice;

import fr.portailfamille.account.CitizenAccountRegister;
import fr.portailfamille.account.Civility;
import fr.portailfamille.account.NewCitizenAccount;
import fr.portailfamille.common.Email;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Optional;

/** « Créer un compte citoyen », for families who cannot. */
@Named
@RequestScoped
public class NewCitizenPage {

    @Inject
    private CitizenAccountRegister register;

    @Inject
    private TownContext town;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    private Civility civility;
    private String lastName;
    private String firstName;
    private String email;
    private boolean partner;

    public void create() throws IOException {
        Optional<Email> address = Email.of(email);
        if (address.isEmpty()) {
            notices.refuse("email", Words.of("citizens.badEmail"));
            return;
        }
        NewCitizenAccount form =
                new NewCitizenAccount(civility, lastName.strip(), firstName.strip(), address.get(), partner);
        String next = acts.once(key.getValue(), () -> create(form));
        if (next != null) {
            FacesContext.getCurrentInstance().getExternalContext().redirect(town.url(next));
        }
    }

    private String create(NewCitizenAccount form) {
        if (register.create(form).isEmpty()) {
            notices.refuse("email", Words.of("citizens.taken"));
            return null;
        }
        notices.tell(Words.of("citizens.created", form.firstName() + " " + form.lastName(), form.email()));
        return BackofficeRoutes.CITIZENS;
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

    public boolean isPartner() {
        return partner;
    }

    public void setPartner(boolean partner) {
        this.partner = partner;
    }
}
