package fr.portailfamille.agent;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.credential.OneTimeLinks;
import fr.portailfamille.credential.OneTimeLinks.Link;
import fr.portailfamille.credential.OneTimeLinks.Purpose;
import fr.portailfamille.notice.Outbox;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.town.TownDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** E-mails to agents that bear a link: it opens the account once, within a day. */
@ApplicationScoped
class AgentLetters {

    /** Pages that the links lead to; the token follows as parameter. */
    private static final String ACTIVATION_PAGE = "activation?jeton=";

    private static final String PASSWORD_PAGE = "nouveau-mot-de-passe?jeton=";

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private OneTimeLinks links;

    @Inject
    private Outbox outbox;

    void activation(long agent, String email) {
        send(MailTemplate.AGENT_ACTIVATION, Purpose.AGENT_ACTIVATION, ACTIVATION_PAGE, agent, email, "", "");
    }

    void newPassword(Agent agent) {
        send(
                MailTemplate.AGENT_PASSWORD_RESET,
                Purpose.AGENT_PASSWORD,
                PASSWORD_PAGE,
                agent.id(),
                agent.email(),
                agent.lastName() == null ? "" : agent.lastName(),
                agent.firstName() == null ? "" : agent.firstName());
    }

    private void send(
            MailTemplate template,
            Purpose purpose,
            String page,
            long agent,
            String email,
            String lastName,
            String firstName) {
        Link link = links.draw(purpose, agent);
        String code = towns.byId(town.id()).orElseThrow().code();
        Map<String, Object> model = new HashMap<>();
        model.put("login", email);
        model.put("link", PortalAddress.configured().backOffice(code, page + link.token()));
        model.put("validUntil", link.validUntil());
        if (!lastName.isEmpty()) {
            model.put("lastName", lastName);
            model.put("firstName", firstName);
        }
        outbox.queue(template, email, model);
    }
}
