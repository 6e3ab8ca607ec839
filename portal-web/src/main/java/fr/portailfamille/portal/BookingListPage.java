package fr.portailfamille.portal;

import fr.portailfamille.common.Page;
import fr.portailfamille.family.Child;
import fr.portailfamille.request.MyRequests;
import fr.portailfamille.request.RequestLineRow;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** P10: every line of the family's booking and absence requests, of all children or of one. */
@Named
@RequestScoped
public class BookingListPage {

    private static final int SIZE = 20;

    @Inject
    private MyRequests requests;

    @Inject
    private TownContext town;

    private Long child;
    private Page<RequestLineRow> page;
    private Paging paging;

    @PostConstruct
    void read() {
        Map<String, String> sent =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        String wanted = sent.getOrDefault("enfant", "");
        child = wanted.matches("\\d{1,18}") ? Long.valueOf(wanted) : null;
        load(1);
        int number = Paging.number(sent.get("page"), page.total(), SIZE);
        if (number > 1) {
            load(number);
        }
    }

    private void load(int number) {
        page = requests.lines(child, (number - 1) * SIZE, SIZE);
        paging = new Paging(number, page.total(), SIZE);
    }

    public List<RequestLineRow> getRows() {
        return page.rows();
    }

    public Paging getPaging() {
        return paging;
    }

    public List<Child> getChildren() {
        return requests.children();
    }

    public Long getChild() {
        return child;
    }

    public String pageUrl(int number) {
        return town.url("espace-famille/activites/liste?page=" + number + "&enfant=" + (child == null ? "" : child));
    }
}
