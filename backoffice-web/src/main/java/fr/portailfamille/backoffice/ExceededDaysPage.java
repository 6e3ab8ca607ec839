package fr.portailfamille.backoffice;

import fr.portailfamille.booking.ExceededDay;
import fr.portailfamille.booking.ExceededDays;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;

/** « Journées au-delà des places »: days to come on which more is booked than there are places. */
@Named
@ViewScoped
public class ExceededDaysPage implements Serializable {

    private static final long serialVersionUID = 1L;

    static final String PATH = "journees-au-dela-des-places";

    @Inject
    private ExceededDays exceeded;

    private LocalDate from;
    private LocalDate to;
    private String facility;
    private String activity;
    private ExceededDays.Criteria criteria;
    private boolean narrowed;
    private GridRows<ExceededDay, ExceededDays.Sort> rows;

    @PostConstruct
    void open() {
        reset();
        rows = new GridRows<>(
                ExceededDays.Sort.DAY,
                true,
                row -> row.counter() + "/" + row.day(),
                (sort, ascending, first, size) -> exceeded.find(criteria, sort, ascending, first, size));
    }

    public void search() {
        LocalDate today = exceeded.today();
        if (from == null) {
            from = today;
        }
        criteria = new ExceededDays.Criteria(from, to, facility, activity);
        narrowed = criteria.narrow(today);
        GridRows.toFirstPage();
    }

    public void reset() {
        from = null;
        to = null;
        facility = null;
        activity = null;
        search();
    }

    /** What stands in the place of rows where there are none. */
    public String getNone() {
        return Words.of(narrowed ? "grid.empty" : "exceeded.none");
    }

    public GridRows<ExceededDay, ExceededDays.Sort> getRows() {
        return rows;
    }

    public LocalDate getFrom() {
        return from;
    }

    public void setFrom(LocalDate from) {
        this.from = from;
    }

    public LocalDate getTo() {
        return to;
    }

    public void setTo(LocalDate to) {
        this.to = to;
    }

    public String getFacility() {
        return facility;
    }

    public void setFacility(String facility) {
        this.facility = facility;
    }

    public String getActivity() {
        return activity;
    }

    public void setActivity(String activity) {
        this.activity = activity;
    }
}
