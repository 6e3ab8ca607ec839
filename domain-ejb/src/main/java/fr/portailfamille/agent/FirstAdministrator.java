package fr.portailfamille.agent;

import fr.portailfamille.common.Email;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;

/** Invites the one who will invite the others, in the scope of a town that has just been opened. */
@Stateless
@RolesAllowed("SYSTEM")
public class FirstAdministrator {

    @Inject
    private Agents agents;

    @Inject
    private Profiles profiles;

    @Inject
    private AgentLetters letters;

    @Inject
    private Clock clock;

    /**
     * Makes the address an agent with the profile of administrators and sends the activation. Asked again, an invitation
     * that was not followed is sent again, with a new link; an agent who is active already is left in peace.
     */
    public void invite(Email email) {
        Agent known = agents.byEmail(email).orElse(null);
        long agent = known == null ? agents.invite(email, clock.instant()) : known.id();
        profiles.give(agent, profiles.administrator());
        if (known == null || known.state() == Agent.State.INVITED) {
            letters.activation(agent, email.value());
        }
    }
}
