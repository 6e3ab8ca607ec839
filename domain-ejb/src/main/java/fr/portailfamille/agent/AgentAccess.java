package fr.portailfamille.agent;

import fr.portailfamille.common.Email;
import fr.portailfamille.credential.OneTimeLinks;
import fr.portailfamille.credential.OneTimeLinks.Purpose;
import fr.portailfamille.credential.Throttle;
import fr.portailfamille.credential.Throttle.Limit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The steps of signing in and of links, each a transaction of its own, so that none is open while a password is hashed.
 * For {@link AgentEntrance} alone.
 */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AgentAccess {

    /** Keys of agents' tries stand apart from those of families with the same address. */
    private static final String AGENT = "agent ";

    @Inject
    private Agents agents;

    @Inject
    private AgentLetters letters;

    @Inject
    private OneTimeLinks links;

    @Inject
    private Throttle throttle;

    @Inject
    private Clock clock;

    /** Counts a try; false when there were too many, for the address of the mailbox or of the machine. */
    public boolean mayTry(String email, String machine) {
        boolean forMailbox = throttle.allows(Limit.SIGN_IN_PER_EMAIL, AGENT + email);
        return throttle.allows(Limit.SIGN_IN_PER_ADDRESS, AGENT + machine) && forMailbox;
    }

    public Optional<Agent> active(String email) {
        return Email.of(email).flatMap(agents::byEmail).filter(Agent::active);
    }

    public Optional<Agent> active(long id) {
        return agents.byId(id).filter(Agent::active);
    }

    public void signedIn(Agent agent) {
        throttle.forget(Limit.SIGN_IN_PER_EMAIL, AGENT + agent.email());
        agents.signedIn(agent.id(), clock.instant());
    }

    /** An invited agent who asks for a new password never followed the invitation: it is sent again. */
    public void sendLink(String text) {
        Optional<Email> email = Email.of(text);
        if (email.isEmpty()
                || !throttle.allows(Limit.MAIL_PER_EMAIL, AGENT + email.get().key())) {
            return;
        }
        agents.byEmail(email.get()).ifPresent(agent -> {
            switch (agent.state()) {
                case ACTIVE -> letters.newPassword(agent);
                case INVITED -> letters.activation(agent.id(), agent.email());
                case DISABLED -> {}
            }
        });
    }

    /** Whose link it is, when it would still work. */
    public Optional<Agent> holder(Purpose purpose, String token) {
        OptionalLong subject = links.subject(purpose, token);
        return subject.isEmpty()
                ? Optional.empty()
                : agents.byId(subject.getAsLong()).filter(agent -> agent.state() != Agent.State.DISABLED);
    }

    /** Uses the link up and sets the password, both or neither. */
    public boolean setPassword(Purpose purpose, String token, String hash) {
        OptionalLong subject = links.redeem(purpose, token);
        return subject.isPresent() && agents.setPassword(subject.getAsLong(), hash, clock.instant());
    }
}
