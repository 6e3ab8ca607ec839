package fr.portailfamille.backoffice;

import fr.portailfamille.family.IndividualCriteria;
import fr.portailfamille.family.IndividualRegister;
import fr.portailfamille.family.IndividualRole;
import fr.portailfamille.family.IndividualRow;
import fr.portailfamille.family.IndividualSort;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;

/** « Individus »: one row per person and family. */
@Named
@ViewScoped
public class IndividualsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private IndividualRegister register;

    private String name;
    private String ref;
    private IndividualRole role;
    private Boolean archived;
    private Long family;
    private String familyName;

    private IndividualCriteria criteria;
    private GridRows<IndividualRow, IndividualSort> rows;

    @PostConstruct
    void open() {
        family = Addressed.number("famille");
        familyName = family == null ? null : register.familyName(family).orElse(null);
        search();
        rows = new GridRows<>(
                IndividualSort.NAME,
                true,
                IndividualRow::id,
                (sort, ascending, first, size) -> register.find(criteria, sort, ascending, first, size));
    }

    public void search() {
        criteria = new IndividualCriteria(name, ref, role, archived, family);
        GridRows.toFirstPage();
    }

    public void reset() {
        name = null;
        ref = null;
        role = null;
        archived = null;
        family = null;
        familyName = null;
        search();
    }

    public boolean isNarrowed() {
        return family != null;
    }

    public IndividualRole[] getRoles() {
        return IndividualRole.values();
    }

    public GridRows<IndividualRow, IndividualSort> getRows() {
        return rows;
    }

    public String getFamilyName() {
        return familyName;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getRef() {
        return ref;
    }

    public void setRef(String ref) {
        this.ref = ref;
    }

    public IndividualRole getRole() {
        return role;
    }

    public void setRole(IndividualRole role) {
        this.role = role;
    }

    public Boolean getArchived() {
        return archived;
    }

    public void setArchived(Boolean archived) {
        this.archived = archived;
    }
}
