package fr.portailfamille.portal;

import fr.portailfamille.account.AccountEntrance;
import fr.portailfamille.common.Caller;
import fr.portailfamille.web.TownAuthentication;
import fr.portailfamille.web.TownSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Visitors of the portal: citizen accounts, and nobody else. */
@ApplicationScoped
public class CitizenAuthentication extends TownAuthentication {

    private static final Set<String> ROLES = Set.of("CITIZEN");

    @Inject
    private AccountEntrance entrance;

    @Override
    protected Optional<TownSession> recall(Caller caller) {
        return entrance.recall(caller).map(CitizenAuthentication::session);
    }

    static TownSession session(AccountEntrance.Session session) {
        return new TownSession(session.caller(), session.name(), ROLES, session.stamp());
    }
}
