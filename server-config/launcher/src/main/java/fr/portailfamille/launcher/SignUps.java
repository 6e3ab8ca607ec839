package fr.portailfamille.launcher;

import fr.portailfamille.launcher.CaughtMails.Mail;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;

/** Makes accounts as people make them: by the forms of the pages and the links in the mails. */
final class SignUps {
    private static final Duration MAIL = Duration.ofMinutes(1);
    private static final Pattern LINK = Pattern.compile("https?://\\S+[?&]jeton=[\\w-]+");

    private final Instance instance;
    private final String password;

    SignUps(Instance instance, String password) {
        this.instance = instance;
        this.password = password;
    }

    /** The agent who was invited when the town was opened chooses the password. */
    void activateAgent(Person agent) {
        Visitor visitor = new Visitor();
        Document page = visitor.open(lastLink(agent.email()));
        if (page.getElementById("choose") == null) {
            return;
        }
        Document after = visitor.press(page, "choose", Map.of("password", password, "again", password));
        if (after.getElementById("signIn") == null) {
            throw new Problem("The account of %s was not activated: %s".formatted(agent.email(), Visitor.said(after)));
        }
    }

    private String lastLink(String address) {
        List<Mail> mails = instance.mails().await(address, 1, MAIL);
        Matcher link = LINK.matcher(mails.get(mails.size() - 1).text());
        if (!link.find()) {
            throw new Problem("The mail to " + address + " has no link");
        }
        return link.group();
    }
}
