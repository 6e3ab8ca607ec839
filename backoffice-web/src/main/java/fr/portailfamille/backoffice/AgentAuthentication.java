package fr.portailfamille.backoffice;

import fr.portailfamille.agent.AgentEntrance;
import fr.portailfamille.common.Caller;
import fr.portailfamille.web.TownAuthentication;
import fr.portailfamille.web.TownSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Knows agents, and nobody else: what opens the portal opens nothing here. */
@ApplicationScoped
public class AgentAuthentication extends TownAuthentication {

    @Inject
    private AgentEntrance entrance;

    @Override
    protected Optional<TownSession> recall(Caller caller) {
        return entrance.recall(caller).map(AgentAuthentication::session);
    }

    static TownSession session(AgentEntrance.Session session) {
        return new TownSession(session.caller(), session.name(), session.roles(), session.stamp());
    }
}
