package fr.portailfamille.agent;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.credential.OneTimeLinks.Purpose;
import fr.portailfamille.credential.PasswordRule;
import fr.portailfamille.credential.Passwords;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody may do in a town's back-office before signing in: sign in, follow a link, ask for one. Neither answer nor
 * time tells whether an address is known. Stands outside the walls and holds no transaction; each step goes through the
 * gate of the town.
 */
@Stateless
@PermitAll
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AgentEntrance {

    /**
     * A session of an agent.
     *
     * @param stamp changes with the password, the state and the profiles; a session with another one is over
     */
    public record Session(Caller caller, String name, Set<String> roles, String stamp) {}

    /** Outcome of a sign-in. */
    public sealed interface SignIn {
        /** The agent is who they say. */
        record Accepted(Session session) implements SignIn {}

        /** Unknown address, wrong password, not activated or disabled: nobody is told which. */
        record Refused() implements SignIn {}

        /** Too many tries for now. */
        record Throttled() implements SignIn {}
    }

    /** Outcome of choosing a password. */
    public sealed interface NewPassword {
        /** Chosen; the link is used up. */
        record Chosen() implements NewPassword {}

        /** The link was used, is too old, or never was one. */
        record LinkOver() implements NewPassword {}

        /** Not a password that may be used; the link still works. */
        record Weak(List<PasswordRule.Flaw> flaws) implements NewPassword {}
    }

    /** The two links that let an agent choose a password. */
    public enum Link {
        ACTIVATION(Purpose.AGENT_ACTIVATION),
        FORGOTTEN_PASSWORD(Purpose.AGENT_PASSWORD);

        private final Purpose purpose;

        Link(Purpose purpose) {
            this.purpose = purpose;
        }
    }

    @Inject
    private TownGate gate;

    @Inject
    private AgentAccess access;

    @Inject
    private Passwords passwords;

    /**
     * Signs in.
     *
     * @param machine network address of the visitor, for the limit on tries
     */
    public SignIn signIn(int town, String email, String password, String machine) {
        String login = email.strip();
        return gate.inTown(town, () -> {
            if (!access.mayTry(login, machine)) {
                return new SignIn.Throttled();
            }
            Optional<Agent> agent = access.active(login);
            if (!passwords.verify(password, agent.map(Agent::passwordHash).orElse(null))) {
                return new SignIn.Refused();
            }
            access.signedIn(agent.orElseThrow());
            return new SignIn.Accepted(session(town, agent.get()));
        });
    }

    /** The session as it stands now; empty when the agent may not go on. */
    public Optional<Session> recall(Caller caller) {
        return caller.kind() == Caller.Kind.AGENT
                ? gate.inTown(
                        caller.town(), () -> access.active(caller.id()).map(agent -> session(caller.town(), agent)))
                : Optional.empty();
    }

    /** Sends a link to choose a password to the address, if it is an agent's. Says nothing either way. */
    public void sendLink(int town, String email) {
        gate.doInTown(town, () -> access.sendLink(email));
    }

    /** The login that the link belongs to, when it still works. Shows it only: a mail scanner may open the page. */
    public Optional<String> login(int town, Link link, String token) {
        return gate.inTown(town, () -> access.holder(link.purpose, token).map(Agent::email));
    }

    /** Chooses the password that the link was sent for; once. */
    public NewPassword choosePassword(int town, Link link, String token, String password) {
        return gate.inTown(town, () -> {
            Optional<Agent> holder = access.holder(link.purpose, token);
            if (holder.isEmpty()) {
                return new NewPassword.LinkOver();
            }
            List<PasswordRule.Flaw> flaws =
                    PasswordRule.flaws(password, holder.get().email());
            if (!flaws.isEmpty()) {
                return new NewPassword.Weak(flaws);
            }
            return access.setPassword(link.purpose, token, passwords.hash(password))
                    ? new NewPassword.Chosen()
                    : new NewPassword.LinkOver();
        });
    }

    private static Session session(int town, Agent agent) {
        Set<String> roles = agent.roles();
        return new Session(
                Caller.agent(town, agent.id()), agent.name(), roles, agent.version() + " " + String.join(",", roles));
    }
}
