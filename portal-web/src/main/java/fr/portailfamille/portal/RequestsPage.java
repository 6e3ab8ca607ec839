package fr.portailfamille.portal;

import fr.portailfamille.common.Page;
import fr.portailfamille.request.MyRequests;
import fr.portailfamille.request.RequestCriteria;
import fr.portailfamille.request.RequestRow;
import fr.portailfamille.request.RequestState;
import fr.portailfamille.request.RequestType;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** P4: « Mes demandes », narrowed by type and state. All of it stands in the address, so that back and reload just work. */
@Named
@RequestScoped
public class RequestsPage {

    private static final int SIZE = 10;

    @Inject
    private MyRequests requests;

    @Inject
    private TownContext town;

    private RequestType type;
    private RequestState state;
    private Page<RequestRow> page;
    private Paging paging;

    @PostConstruct
    void read() {
        Map<String, String> sent =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        type = constant(RequestType.values(), sent.get("type"));
        state = constant(RequestState.values(), sent.get("etat"));
        load(1);
        int number = Paging.number(sent.get("page"), page.total(), SIZE);
        if (number > 1) {
            load(number);
        }
    }

    private void load(int number) {
        page = requests.find(RequestCriteria.of(type, state), (number - 1) * SIZE, SIZE);
        paging = new Paging(number, page.total(), SIZE);
    }

    private static <E extends Enum<E>> E constant(E[] all, String name) {
        return Arrays.stream(all)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    public List<RequestRow> getRows() {
        return page.rows();
    }

    public Paging getPaging() {
        return paging;
    }

    public boolean isFiltered() {
        return type != null || state != null;
    }

    public RequestType[] getTypes() {
        return RequestType.values();
    }

    public RequestState[] getStates() {
        return RequestState.values();
    }

    public RequestType getType() {
        return type;
    }

    public RequestState getState() {
        return state;
    }

    public String pageUrl(int number) {
        return town.url("mon-espace/mes-demandes?page=" + number + "&type=" + (type == null ? "" : type) + "&etat="
                + (state == null ? "" : state));
    }
}
