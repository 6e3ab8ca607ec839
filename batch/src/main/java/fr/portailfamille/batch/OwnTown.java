package fr.portailfamille.batch;

import fr.portailfamille.common.Caller;
import fr.portailfamille.town.TownDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** A key opens its own town only; whether another one exists is nobody's business. */
@ApplicationScoped
public class OwnTown {

    @Inject
    private TownDirectory towns;

    /** The answer to a caller whose key is not one of this town; empty for those whose is. */
    public Optional<Response> refusal(SecurityContext security, String town) {
        boolean own = Caller.of(security.getUserPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.EXCHANGE)
                .flatMap(caller -> towns.byCode(town).filter(profile -> profile.id() == caller.town()))
                .isPresent();
        return own
                ? Optional.empty()
                : Optional.of(new Problem(403, "FORBIDDEN", "This key is not one of this town.").response());
    }
}
