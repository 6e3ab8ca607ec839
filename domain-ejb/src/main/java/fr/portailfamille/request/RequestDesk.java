package fr.portailfamille.request;

import fr.portailfamille.common.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** The requests of a town, as its agents follow them. Those for the business application are only looked at here. */
@Stateless
@RolesAllowed("MENU_DEMANDES")
public class RequestDesk {

    private static final RequestReads.Sight WHOLE_TOWN = new RequestReads.Sight("true", Map.of());

    @Inject
    private RequestReads reads;

    public Page<RequestRow> find(RequestCriteria criteria, RequestSort sort, boolean ascending, int first, int size) {
        return reads.page(WHOLE_TOWN, criteria, sort, ascending, first, size);
    }

    public Optional<RequestDetail> detail(RequestRef ref) {
        return reads.detail(WHOLE_TOWN, ref);
    }
}
