package fr.portailfamille.backoffice;

import fr.portailfamille.account.AccountState;
import fr.portailfamille.account.CitizenAccountCriteria;
import fr.portailfamille.account.CitizenAccountDetail;
import fr.portailfamille.account.CitizenAccountRegister;
import fr.portailfamille.account.CitizenAccountRow;
import fr.portailfamille.account.CitizenAccountSort;
import fr.portailfamille.web.Notices;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;

/** « Comptes citoyens »: search, look, disable and enable. */
@Named
@ViewScoped
public class CitizenAccountsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private CitizenAccountRegister register;

    @Inject
    private Notices notices;

    private String email;
    private String lastName;
    private String firstName;
    private Boolean partner;
    private AccountState state;
    private Long businessAccount;
    private Long family;

    private CitizenAccountCriteria criteria;
    private GridRows<CitizenAccountRow, CitizenAccountSort> rows;
    private CitizenAccountDetail shown;
    private CitizenAccountRow leaving;

    @PostConstruct
    void open() {
        businessAccount = Addressed.number("metier");
        family = Addressed.number("famille");
        search();
        rows = new GridRows<>(
                CitizenAccountSort.LAST_NAME,
                true,
                CitizenAccountRow::id,
                (sort, ascending, first, size) -> register.find(criteria, sort, ascending, first, size));
    }

    public void search() {
        criteria = new CitizenAccountCriteria(email, lastName, firstName, partner, state, businessAccount, family);
        close();
        GridRows.toFirstPage();
    }

    public void reset() {
        email = null;
        lastName = null;
        firstName = null;
        partner = null;
        state = null;
        businessAccount = null;
        family = null;
        search();
    }

    /** Whether the way here, from another grid, limits the list. */
    public boolean isNarrowed() {
        return businessAccount != null || family != null;
    }

    public void show(CitizenAccountRow row) {
        leaving = null;
        shown = register.detail(row.id()).orElse(null);
        if (shown == null) {
            notices.refuse(Words.of("panel.gone"));
        }
    }

    public void step(int by) {
        rows.beside(Long.toString(shown.account().id()), by).ifPresent(this::show);
    }

    public boolean mayStep(int by) {
        return shown != null
                && rows.beside(Long.toString(shown.account().id()), by).isPresent();
    }

    public void close() {
        shown = null;
        leaving = null;
    }

    /** Asks once, and says what it entails. */
    public void askToDisable(CitizenAccountRow row) {
        shown = null;
        leaving = row;
    }

    public void disable() {
        if (register.disable(leaving.id())) {
            notices.tell(Words.of("citizens.disabled", leaving.email()));
        }
        close();
    }

    public void enable(CitizenAccountRow row) {
        if (register.enable(row.id())) {
            notices.tell(Words.of("citizens.enabled", row.email()));
        }
        close();
    }

    public AccountState[] getStates() {
        return AccountState.values();
    }

    public GridRows<CitizenAccountRow, CitizenAccountSort> getRows() {
        return rows;
    }

    public CitizenAccountDetail getShown() {
        return shown;
    }

    public CitizenAccountRow getLeaving() {
        return leaving;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
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

    public Boolean getPartner() {
        return partner;
    }

    public void setPartner(Boolean partner) {
        this.partner = partner;
    }

    public AccountState getState() {
        return state;
    }

    public void setState(AccountState state) {
        this.state = state;
    }
}
