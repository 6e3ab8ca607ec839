package fr.portailfamille.launcher;

import fr.portailfamille.launcher.CaughtMails.Mail;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Makes accounts as people make them: by the forms of the pages and the links in the mails. */
final class SignUps {
    private static final Duration MAIL = Duration.ofMinutes(1);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final Pattern LINK = Pattern.compile("https?://\\S+[?&]jeton=[\\w-]+");

    private final Instance instance;
    private final String town;
    private final String password;

    SignUps(Instance instance, String town, String password) {
        this.instance = instance;
        this.town = town;
        this.password = password;
    }

    /** The agent who was invited when the town was opened chooses the password; one who has is left in peace. */
    void activateAgent(Person agent) {
        Visitor visitor = new Visitor();
        Document page = lastLink(agent.email()).map(visitor::open).orElse(null);
        if (page == null || page.getElementById("password") == null) {
            return;
        }
        Document after = visitor.submit(page, "form", Map.of("password", password, "again", password));
        require(after.getElementById("signIn") != null, agent, after);
    }

    /** Signs up with the code abonné and the birth date of a child, and follows the link of the mail. */
    void signUp(Person citizen) {
        Visitor visitor = new Visitor();
        Document form = visitor.open("%s/portail/%s/creer-un-compte".formatted(here(), town));
        Document sent = visitor.submit(
                form,
                "signUp",
                Map.of(
                        "civility", citizen.civility(),
                        "lastName", citizen.lastName(),
                        "firstName", citizen.firstName(),
                        "email", citizen.email(),
                        "password", password,
                        "passwordAgain", password,
                        "code", citizen.accountCode(),
                        "birthDate", DAY.format(citizen.birthDate()),
                        "terms", "on",
                        "robot", robotAnswer(form)));
        require(sent.getElementById("signUp") == null, citizen, sent);
        Document confirmation = lastLink(citizen.email()).map(visitor::open).orElse(null);
        if (confirmation != null && confirmation.getElementById("activation") != null) {
            Document after = visitor.submit(confirmation, "activation", Map.of());
            require(after.getElementById("signIn") != null, citizen, after);
        }
    }

    /** Looks for the number whose hash was given, as the page's script does. */
    private static String robotAnswer(Document form) {
        Element puzzle = form.selectFirst("[data-puzzle]");
        String salt = puzzle.attr("data-salt");
        byte[] target = HexFormat.of().parseHex(puzzle.attr("data-target"));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            int number = IntStream.rangeClosed(0, Integer.parseInt(puzzle.attr("data-largest")))
                    .filter(tried ->
                            Arrays.equals(target, sha256.digest((salt + tried).getBytes(StandardCharsets.US_ASCII))))
                    .findFirst()
                    .orElseThrow(() -> new Problem("The puzzle of the sign-up form has no solution"));
            return salt + ":" + number + ":" + puzzle.attr("data-signature");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean done, Person person, Document page) {
        if (!done) {
            throw new Problem("No account for %s: %s".formatted(person.email(), Visitor.said(page)));
        }
    }

    /** Empty when the last mail tells of an account that is there already: an earlier start was cut off after it. */
    private Optional<String> lastLink(String address) {
        List<Mail> mails = instance.mails().await(address, 1, MAIL);
        Matcher link = LINK.matcher(mails.get(mails.size() - 1).text());
        // The address that families use may lead here only from outside.
        return link.find() ? Optional.of(link.group().replace(instance.baseUrl(), here())) : Optional.empty();
    }

    private String here() {
        return "http://localhost:" + instance.ports().http();
    }
}
