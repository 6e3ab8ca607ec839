package fr.portailfamille.portal;

import fr.portailfamille.request.MyRequests;
import fr.portailfamille.request.RequestDetail;
import fr.portailfamille.request.RequestRef;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;

/** P4: one request with its lines and its history. Opening it is seeing its news. */
@Named
@RequestScoped
public class RequestPage {

    @Inject
    private MyRequests requests;

    private Optional<RequestDetail> detail = Optional.empty();

    @PostConstruct
    void read() {
        String ref = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get("ref");
        detail = RequestRef.of(ref).flatMap(requests::open);
    }

    public boolean isFound() {
        return detail.isPresent();
    }

    public RequestDetail getDetail() {
        return detail.orElse(null);
    }

    public String getTitle() {
        return detail.map(found ->
                        PlanningWording.say("request.title", found.head().ref().value()))
                .orElseGet(() -> PlanningWording.say("request.detail"));
    }

    public String event(RequestDetail.Entry entry) {
        String what = PlanningWording.say("event." + entry.kind());
        return entry.line() == null || detail.orElseThrow().lines().size() < 2
                ? what
                : PlanningWording.say("event.line", what, entry.line());
    }
}
