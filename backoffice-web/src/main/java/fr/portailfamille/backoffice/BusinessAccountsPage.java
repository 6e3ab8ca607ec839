package fr.portailfamille.backoffice;

import fr.portailfamille.account.BusinessAccountCriteria;
import fr.portailfamille.account.BusinessAccountDetail;
import fr.portailfamille.account.BusinessAccountDetail.Subscriber;
import fr.portailfamille.account.BusinessAccountRegister;
import fr.portailfamille.account.BusinessAccountRow;
import fr.portailfamille.account.BusinessAccountSort;
import fr.portailfamille.common.Email;
import fr.portailfamille.web.Notices;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/** « Comptes métiers »: search, look, correct, unsubscribe. */
@Named
@ViewScoped
public class BusinessAccountsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private BusinessAccountRegister register;

    @Inject
    private Notices notices;

    private String universe;
    private String issuer;
    private String code;
    private String name;
    private String email;
    private Boolean linked;
    private Long citizen;
    private Long family;
    private List<String> universes;
    private List<String> issuers;

    private BusinessAccountCriteria criteria;
    private GridRows<BusinessAccountRow, BusinessAccountSort> rows;
    private BusinessAccountDetail shown;
    private boolean editing;
    private Subscriber leaving;
    private String editedLastName;
    private String editedFirstName;
    private String editedEmail;

    @PostConstruct
    void open() {
        universes = register.universes();
        issuers = register.issuers();
        citizen = Addressed.number("citoyen");
        family = Addressed.number("famille");
        search();
        rows = new GridRows<>(
                BusinessAccountSort.NAME,
                true,
                BusinessAccountRow::id,
                (sort, ascending, first, size) -> register.find(criteria, sort, ascending, first, size));
    }

    public void search() {
        criteria = new BusinessAccountCriteria(universe, issuer, code, name, email, linked, citizen, family);
        close();
        GridRows.toFirstPage();
    }

    public void reset() {
        universe = null;
        issuer = null;
        code = null;
        name = null;
        email = null;
        linked = null;
        citizen = null;
        family = null;
        search();
    }

    /** Whether the way here, from another grid, limits the list. */
    public boolean isNarrowed() {
        return citizen != null || family != null;
    }

    public void show(BusinessAccountRow row) {
        show(row.id());
    }

    private void show(long account) {
        close();
        shown = register.detail(account).orElse(null);
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
        editing = false;
        leaving = null;
    }

    public void edit(BusinessAccountRow row) {
        show(row);
        if (shown != null) {
            editing = true;
            editedLastName = shown.lastName();
            editedFirstName = shown.firstName();
            editedEmail = shown.email();
        }
    }

    public void save() {
        Email address = Email.of(editedEmail).orElse(null);
        if (editedEmail != null && address == null) {
            notices.refuse("editedEmail", Words.of("citizens.badEmail"));
            return;
        }
        long account = shown.account().id();
        register.edit(account, editedLastName, editedFirstName, address);
        notices.tell(Words.of("business.edited.done", shown.account().code()));
        close();
    }

    /** Asks once, and says what it entails. */
    public void askToUnsubscribe(Subscriber subscriber) {
        leaving = subscriber;
    }

    public void dismiss() {
        leaving = null;
    }

    public void unsubscribe() {
        long account = shown.account().id();
        if (register.unsubscribe(account, leaving.citizen())) {
            notices.tell(Words.of("business.unsubscribed", leaving.email()));
        }
        show(account);
    }

    public GridRows<BusinessAccountRow, BusinessAccountSort> getRows() {
        return rows;
    }

    public BusinessAccountDetail getShown() {
        return shown;
    }

    public boolean isEditing() {
        return editing;
    }

    public Subscriber getLeaving() {
        return leaving;
    }

    public List<String> getUniverses() {
        return universes;
    }

    public List<String> getIssuers() {
        return issuers;
    }

    public String getUniverse() {
        return universe;
    }

    public void setUniverse(String universe) {
        this.universe = universe;
    }

    public String getIssuer() {
        return issuer;
    }

    public void setIssuer(String issuer) {
        this.issuer = issuer;
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public Boolean getLinked() {
        return linked;
    }

    public void setLinked(Boolean linked) {
        this.linked = linked;
    }

    public String getEditedLastName() {
        return editedLastName;
    }

    public void setEditedLastName(String editedLastName) {
        this.editedLastName = editedLastName;
    }

    public String getEditedFirstName() {
        return editedFirstName;
    }

    public void setEditedFirstName(String editedFirstName) {
        this.editedFirstName = editedFirstName;
    }

    public String getEditedEmail() {
        return editedEmail;
    }

    public void setEditedEmail(String editedEmail) {
        this.editedEmail = editedEmail;
    }
}
