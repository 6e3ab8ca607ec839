package fr.portailfamille.account;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.credential.OneTimeLinks;
import fr.portailfamille.credential.OneTimeLinks.Purpose;
import fr.portailfamille.notice.Outbox;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.town.TownDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** The e-mails of citizen accounts, posted in the transaction of the act they belong to. */
@ApplicationScoped
class AccountLetters {

    private static final String ACTIVATION_PAGE = "activation?jeton=";
    private static final String PASSWORD_PAGE = "nouveau-mot-de-passe?jeton=";
    private static final String SIGN_IN_PAGE = "connexion";

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private OneTimeLinks links;

    @Inject
    private Outbox outbox;

    void activation(CitizenAccount account) {
        sendLink(MailTemplate.ACTIVATION, Purpose.ACCOUNT_ACTIVATION, ACTIVATION_PAGE, account);
    }

    /** For an account that an agent opened: the link lets its holder choose the password, and opens it with that. */
    void firstPassword(CitizenAccount account) {
        sendLink(MailTemplate.ACTIVATION, Purpose.ACCOUNT_PASSWORD, PASSWORD_PAGE, account);
    }

    void newPassword(CitizenAccount account) {
        sendLink(MailTemplate.PASSWORD_RESET, Purpose.ACCOUNT_PASSWORD, PASSWORD_PAGE, account);
    }

    /** To the owner of an address with which somebody tried to sign up again. */
    void alreadyRegistered(CitizenAccount account) {
        Map<String, Object> model = model(account);
        model.put("link", address(SIGN_IN_PAGE));
        outbox.queue(MailTemplate.ALREADY_REGISTERED, account.email().value(), model);
    }

    private void sendLink(MailTemplate template, Purpose purpose, String page, CitizenAccount account) {
        OneTimeLinks.Link link = links.draw(purpose, account.id());
        Map<String, Object> model = model(account);
        model.put("link", address(page + link.token()));
        model.put("validUntil", link.validUntil());
        outbox.queue(template, account.email().value(), model);
    }

    private String address(String page) {
        return PortalAddress.configured()
                .portal(towns.byId(town.id()).orElseThrow().code(), page);
    }

    private static Map<String, Object> model(CitizenAccount account) {
        Map<String, Object> model = new HashMap<>();
        model.put("civility", account.civility().name());
        model.put("lastName", account.lastName());
        model.put("firstName", account.firstName());
        return model;
    }
}
